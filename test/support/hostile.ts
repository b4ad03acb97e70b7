import { Ajv, type ValidateFunction } from 'ajv';
import { isDay } from '../../src/common/validation/is-day.js';
import { type Schema, resolve } from './operations.js';

/** Something nobody should send. */
export interface HostileValue {
  what: string;
  value: unknown;
}

const ajv = new Ajv({ strict: false });
ajv.addFormat('date', isDay);
ajv.addFormat(
  'date-time',
  (text) =>
    isDay(text.slice(0, 10)) &&
    /^.{10}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text),
);
ajv.addFormat('password', true);

const TEXTS = {
  empty: '',
  spaces: '   ',
  NUL: 'a\0b',
  'a lone surrogate': 'a\ud800b',
  'half a pair': '\udc00',
  'a bidi control': 'a\u202eb',
  'zero-width only': '\u200b\u200d\ufeff\u2060\u00ad\u200b\u200b\u200b',
  __proto__: '__proto__',
  constructor: 'constructor',
  toString: 'toString',
  undefined: 'undefined',
  'a fraction': '1.5',
  'a power': '1e3',
  negative: '-1',
  'minus zero': '-0',
  zero: '0',
  'a leading zero': '01',
  'a leading plus': '+1',
  'a leading space': ' 1',
  'a trailing line break': '1\n',
  hexadecimal: '0x10',
  'full-width digits': '１２',
  'arabic digits': '١٢',
  'beyond 2^53': '9007199254740993',
  'beyond 2^64': '99999999999999999999',
  infinite: 'Infinity',
  'no number': 'NaN',
  'true as text': 'true',
  'TRUE as text': 'TRUE',
  'the 30th of February': '2026-02-30',
  'the 13th month': '2026-13-01',
  'the year zero': '0000-00-00',
  'a day without zeros': '2026-1-5',
  'the 25th hour': '2026-01-31T25:00:00Z',
  'an instant of no zone': '2026-01-31T08:00:00',
  'an instant of February 30th': '2026-02-30T08:00:00Z',
  'a statement': "' or 1=1 -- ",
};

const OTHERS: Record<string, unknown> = {
  null: null,
  true: true,
  false: false,
  'the number 0': 0,
  'the number -1': -1,
  'the number 1.5': 1.5,
  'the number 1e21': 1e21,
  'the number beyond 2^53': 2 ** 53,
  'a list': ['a'],
  'an empty list': [],
  'a list of lists': [[]],
  'an empty object': {},
  'an object': { a: 1 },
  'an operator': { $ne: null },
  'an object that looks like text': { length: 3, 0: 'a', trim: 'x' },
};

/** Slow patterns show on these. */
const LONG = {
  letters: 'x',
  digits: '1',
  spaces: ' ',
  'closing brackets': ')',
  'spaced digits': '1 ',
  dashes: '-',
  slashes: 'A/',
  'zero-width characters': '\u200b',
  pictures: '😀',
};

/** JSON values that a field of a body must refuse. */
export function hostileValues(given: Schema): HostileValue[] {
  const schema = resolve(given);
  const candidates = [
    ...Object.entries({ ...OTHERS, ...TEXTS }).map(([what, value]) => ({ what, value })),
    ...longTexts(schema),
    ...borders(schema),
    ...(schema.items ? hostileItems(schema.items) : []),
  ];
  return candidates.filter(({ value }) => !accepts(schema, value));
}

/** Texts that a parameter of a URL or a header must refuse. */
export function hostileTexts(given: Schema): { what: string; value: string }[] {
  const schema = resolve(given);
  const kinds = schema.oneOf ?? [schema];
  const candidates = [
    ...Object.entries(TEXTS).map(([what, value]) => ({ what, value })),
    ...longTexts(schema),
    ...borders(schema).map(({ what, value }) => ({ what, value: String(value) })),
  ];
  return candidates.filter(({ value }) => !kinds.some((each) => accepts(each, fromText(value, each))));
}

/** What is strange, but as good as anything else as a value of this field. */
export function strangeTexts(given: Schema): { what: string; value: string }[] {
  const schema = resolve(given);
  if (schema.type !== 'string') return [];
  const { maxLength = 0 } = schema;
  return [
    ...Object.entries(TEXTS).map(([what, value]) => ({ what, value })),
    { what: 'as long as may be', value: '😀'.repeat(maxLength) },
    { what: 'what unfolds to 18 times its length', value: '\ufdfa'.repeat(maxLength) },
    { what: 'wildcards', value: '%_\\' },
    { what: 'a family', value: '👨‍👩‍👧‍👦' },
  ].filter(({ value }) => accepts(schema, value));
}

function longTexts({ type, enum: words, maxLength = 0 }: Schema) {
  const kinds = type === 'string' && !words ? LONG : { letters: 'x' };
  return [
    ...Object.entries(kinds).map(([what, text]) => ({
      what: `100 000 ${what}`,
      value: text.repeat(100_000 / text.length),
    })),
    ...(type === 'string' && maxLength > 0
      ? [
          { what: 'one letter too long', value: 'x'.repeat(maxLength + 1) },
          { what: 'one picture too long', value: '😀'.repeat(maxLength + 1) },
        ]
      : []),
  ];
}

function borders({ minimum, maximum }: Schema): HostileValue[] {
  return [
    ...(minimum === undefined ? [] : [{ what: 'one too small', value: minimum - 1 }]),
    ...(maximum === undefined ? [] : [{ what: 'one too large', value: maximum + 1 }]),
  ];
}

function hostileItems(items: Schema): HostileValue[] {
  return [
    ...hostileValues(items)
      // One that is too long as a whole is tried as such.
      .filter(({ what }) => !what.startsWith('100 000'))
      .map(({ what, value }) => ({ what: `a list with ${what}`, value: [value] })),
    { what: 'a list of 900 items', value: Array(900).fill(items.minimum ?? 'x') },
  ];
}

const validators = new Map<string, ValidateFunction>();

/** Whether the document allows a value, and the rules for texts that JSON Schema has no words for. */
function accepts(given: Schema, value: unknown): boolean {
  const { nullable, ...schema } = resolve(given);
  const key = JSON.stringify(schema);
  let validate = validators.get(key);
  if (!validate) validators.set(key, (validate = ajv.compile(schema)));
  if (value === null && nullable) return true;
  if (typeof value !== 'string' || schema.type !== 'string') return validate(value);
  if (/[\0\p{Surrogate}\p{Bidi_Control}]/u.test(value)) return false;
  // Texts are trimmed; passwords are not, and may be of whatever one likes.
  if (schema.format === 'password') return validate(value);
  if (schema.minLength === 0) return validate(value.trim());
  return validate(value) && /[^\s\p{Default_Ignorable_Code_Point}]/u.test(value);
}

function fromText(text: string, { type }: Schema): unknown {
  if (type === 'integer' && /^(0|-?[1-9]\d{0,15})$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
