import type { Language } from './request-context.js';

/** The preferred one of our languages in an `Accept-Language` header; English when none is named. */
export function languageOf(header: string | undefined): Language {
  if (!header || header.length > 500) return 'en';
  let best: Language = 'en';
  let bestQuality = 0;
  for (const range of header.toLowerCase().split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const language =
      tag === 'zh' || tag.startsWith('zh-') ? 'zh' : tag === '*' || /^en\b/.test(tag) ? 'en' : null;
    if (!language) continue;
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = weight ? Number(weight.slice(2)) : 1;
    if (quality > bestQuality) {
      best = language;
      bestQuality = quality;
    }
  }
  return best;
}
