import { say } from './say.js';

/** Characters (code points) of a text, as both databases and JSON Schema count them. */
export function lengthOf(text: string): number {
  // Counting is only worth it where a pair of surrogates could make a difference.
  return /[\ud800-\udfff]/.test(text) ? [...text].length : text.length;
}

/** What makes a value no text that may be stored: not a string, or one with characters nobody means to type. */
export function characterFault(value: unknown, multiline: boolean): string | undefined {
  if (typeof value !== 'string') return say('must be text', '必须是文本');
  if (/\p{Surrogate}/u.test(value)) return say('must not contain broken characters', '不能包含损坏的字符');
  if (/\p{Bidi_Control}/u.test(value))
    return say('must not contain characters that change the writing direction', '不能包含改变文字方向的字符');
  if ((multiline ? /[^\P{Cc}\n\t]/u : /[\p{Cc}\u2028\u2029]/u).test(value))
    return multiline
      ? say('must not contain control characters', '不能包含控制字符')
      : say('must not contain control characters or line breaks', '不能包含控制字符或换行');
  return undefined;
}

export function lengthFault(text: string, min: number, max: number): string | undefined {
  const length = lengthOf(text);
  if (length > max) return say('must be at most {max} characters', '最多 {max} 个字符', { max });
  if (length >= min) return undefined;
  return min === 1
    ? say('must not be empty', '不能为空')
    : say('must be at least {min} characters', '至少 {min} 个字符', { min });
}
