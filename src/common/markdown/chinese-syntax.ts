import type { Data } from 'unified';

type Syntax = NonNullable<Data['micromarkExtensions']>[number];
type Constructs = Extract<NonNullable<NonNullable<Syntax['text']>[number]>, unknown[]>;
type Construct = Constructs[number];
type Code = Parameters<ReturnType<Construct['tokenize']> & object>[0];
type Parser = { constructs: { text?: Syntax['text'] } };

const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}]/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;
const URL_CHARACTER = /[\w\-.~:/?#@!$&'()*+,;=%]/;
/** Ends a sentence rather than an address. */
const TRAILING = /[?!.,:;*_~']/;
const STARTS = ['https://', 'http://', 'www.'];

const is = (pattern: RegExp, code: Code): boolean =>
  code !== null && code > 0 && pattern.test(String.fromCharCode(code));

/** Whether a character is written without spaces between words. */
export const isCjk = (character: string): boolean => CJK.test(character);

/**
 * CommonMark and GFM know words only where there are spaces between them: they swallow `，谢谢` in
 * `见 https://example.com，谢谢`, and see no end of the emphasis in `**注意：**后面`. These rules replace theirs.
 */
export function chineseSyntax(): Syntax {
  const starsAndTildes = [besideCjk('attention', 42), besideCjk('strikethrough', 126)] as const;
  return {
    text: { 42: starsAndTildes[0], 126: starsAndTildes[1], 72: url, 104: url, 87: url, 119: url },
    disable: { null: ['protocolAutolink', 'wwwAutolink', 'emailAutolink'] },
  };
}

/** The library's own construct, whose markers also open after, and close before, a CJK character. */
function besideCjk(name: string, marker: number): Construct {
  const original = ({ constructs }: Parser): Construct =>
    [constructs.text?.[marker] ?? []].flat().find((one) => one.name === name && one !== construct)!;
  const construct: Construct = {
    name,
    tokenize(effects, ok, nok) {
      const before = this.previous;
      const done: typeof ok = (after) => {
        const token = this.events.at(-1)![1];
        if (is(CJK, before) && is(PUNCTUATION, after)) token._open = true;
        if (is(PUNCTUATION, before) && is(CJK, after)) token._close = true;
        return ok(after);
      };
      return original(this.parser).tokenize.call(this, effects, done, nok);
    },
    resolveAll: (events, context) => original(context.parser).resolveAll!(events, context),
  };
  return construct;
}

/** A bare address of ASCII characters: as far as balanced parentheses and without the punctuation behind it. */
const url: Construct = {
  name: 'bareUrl',
  tokenize(effects, ok, nok) {
    const starts = is(/[a-z0-9]/i, this.previous) ? [] : STARTS;
    let read = '';
    let open = 0;
    /** Known not to be followed by the end of the address. */
    let insideRun = false;

    const prefix: ReturnType<typeof ok> & object = (code) => {
      if (code === null || code < 0) return nok(code);
      read += String.fromCharCode(code).toLowerCase();
      if (!starts.some((one) => one.startsWith(read))) return nok(code);
      effects.consume(code);
      return starts.includes(read) ? first : prefix;
    };
    const first: typeof prefix = (code) => (is(/[a-z0-9]/i, code) ? rest(code) : nok(code));
    const rest: typeof prefix = (code) => {
      if (!is(URL_CHARACTER, code) || (code === 41 && open === 0)) return end(code);
      if (is(TRAILING, code) && !insideRun) return effects.check(trail, end, consume)(code);
      return consume(code);
    };
    const consume: typeof prefix = (code) => {
      if (code === 40) open++;
      if (code === 41) open--;
      insideRun = is(TRAILING, code);
      effects.consume(code);
      return rest;
    };
    const end: typeof prefix = (code) => {
      effects.exit('autolinkProtocol');
      effects.exit('autolink');
      return ok(code);
    };
    return (code) => {
      effects.enter('autolink');
      effects.enter('autolinkProtocol');
      return prefix(code);
    };
  },
};

/** Punctuation up to something that is no part of an address. */
const trail: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    const inside: ReturnType<typeof ok> & object = (code) => {
      if (is(TRAILING, code)) {
        effects.consume(code);
        return inside;
      }
      return is(URL_CHARACTER, code) && code !== 41 ? nok(code) : ok(code);
    };
    return (code) => {
      effects.enter('data');
      effects.consume(code);
      return inside;
    };
  },
};
