import { hostileTexts, hostileValues } from './hostile.js';
import { exampleOf, type Operation, resolve, type Schema } from './operations.js';

/** One bad request to a route, and what has to become of it. */
export interface Attack {
  what: string;
  /** Instead of the parameters' good values. */
  parameters?: Record<string, string>;
  /** After the `?`, instead of the parameters of the query. */
  query?: string;
  headers?: Record<string, string>;
  /** Sent as it is. */
  payload?: string | Buffer;
  /** The field that has to be named; undefined where the refusal is not about one. */
  field?: string;
  /** By default 400 BAD_PARAMETER. */
  refusal?: readonly (readonly [status: number, error: string])[];
}

export const BAD: Attack['refusal'] = [[400, 'BAD_PARAMETER']];
const TOO_LARGE: Attack['refusal'] = [[413, 'HTTP_ERROR']];
const NOT_JSON: Attack['refusal'] = [[415, 'HTTP_ERROR']];
export function attacksOn(operation: Operation): Attack[] {
  const { method, body, form } = operation;
  return [
    ...pathAttacks(operation),
    ...queryAttacks(operation),
    ...headerAttacks(operation),
    ...(body ? fieldAttacks(body) : []),
    // Nobody reads the body of a GET.
    ...(method === 'GET' || form ? [] : bodyAttacks(body && JSON.stringify(exampleOf(body)))),
    ...(form ? formAttacks : []),
  ];
}

const encoded = new Map<string, string>();

/** Percent-encoded; also what is no Unicode, as a client in C would send it. Every parameter gets the same long texts. */
function encode(text: string): string {
  let result = encoded.get(text);
  if (result === undefined) {
    result = text.replace(/\P{Surrogate}+|\p{Surrogate}/gu, (part) =>
      /\p{Surrogate}/u.test(part)
        ? // The three bytes that UTF-8 would need for it, if it allowed it.
          [0xed, 0x80 | ((part.charCodeAt(0) >> 6) & 0x3f), 0x80 | (part.charCodeAt(0) & 0x3f)]
            .map((byte) => `%${byte.toString(16)}`)
            .join('')
        : encodeURIComponent(part),
    );
    encoded.set(text, result);
  }
  return result;
}

const NAMES = [
  'unknown',
  '__proto__',
  'constructor',
  'prototype',
  'a[]',
  'a[b]',
  'a.b',
  '%00',
  '',
  'é'.repeat(3),
];

function pathAttacks({ parameters, path }: Operation): Attack[] {
  return parameters
    .filter((each) => each.in === 'path')
    .flatMap(({ name, schema }) =>
      hostileTexts(schema)
        // `..` and the like are another path, nothing at all is another route.
        .filter(({ value }) => value !== '')
        .map(({ what, value }) => {
          const broken = /\p{Surrogate}/u.test(value);
          return {
            what: `${what} as ${name} in the path`,
            parameters: { [name]: encode(value) },
            field: broken ? 'path' : name,
            refusal: [
              ...BAD!,
              // The router's own limit.
              ...(value.length > 100
                ? ([
                    [414, 'HTTP_ERROR'],
                    [404, 'HTTP_ERROR'],
                  ] as const)
                : []),
              // A token that cannot be is as unknown as one that never was.
              ...(name === 'token' && path.includes('{token}') ? ([[404, 'INVITE_NOT_FOUND']] as const) : []),
              ...(name === 'file' ? ([[404, 'MEDIA_NOT_FOUND']] as const) : []),
            ],
          };
        }),
    );
}

function queryAttacks({ parameters }: Operation): Attack[] {
  const known = parameters.filter((each) => each.in === 'query');
  return [
    ...known.flatMap(({ name, schema }) => {
      const good = encodeURIComponent(
        String((exampleOf(schema) as string | undefined) ?? schema.minimum ?? 1),
      );
      return [
        ...hostileTexts(schema).map(({ what, value }) => ({
          what: `${what} as ${name} in the query`,
          parameters: { [name]: encode(value) },
          field: /\p{Surrogate}/u.test(value) ? 'query' : name,
        })),
        { what: `${name} cut within a character`, parameters: { [name]: '%zz' }, field: 'query' },
        {
          what: `${name} twice`,
          parameters: { [name]: good },
          query: `${name}=${good}`,
          field: name,
        },
        ...[`${name}[]`, `${name}[b]`, `${name}.b`].map((each) => ({
          what: `${each} in the query`,
          query: `${each}=${good}`,
          field: each,
        })),
      ];
    }),
    ...NAMES.map((name) => ({
      what: `the unknown parameter "${name}"`,
      query: `${name}=1`,
      field: decodeURIComponent(name),
    })),
    {
      what: '2 000 parameters',
      query: Array.from({ length: 2_000 }, (_, i) => `p${i}=1`).join('&'),
    },
  ];
}

function headerAttacks({ parameters }: Operation): Attack[] {
  return parameters
    .filter((each) => each.in === 'header')
    .flatMap(({ name, schema }) =>
      hostileTexts(schema)
        // Node lets nothing else into a header.
        .filter(({ value }) => /^[\t -~\u0080-\u00ff]*$/.test(value))
        .concat({ what: 'Latin letters', value: 'clé' })
        .map(({ what, value }) => ({ what: `${what} as ${name}`, headers: { [name]: value }, field: name })),
    );
}

/** Every field of a body, and of the objects in it, once with each hostile value. */
function fieldAttacks(body: Schema, schema = body, at: string[] = []): Attack[] {
  const { properties = {}, required = [] } = resolve(schema);
  const attack = (name: string, what: string, raw: string, field = [...at, name].join('.')): Attack => ({
    what: `${what} as ${[...at, name].join('.')}`,
    payload: withField([...at, name], raw),
    headers: { 'content-type': 'application/json' },
    field,
  });
  return [
    ...Object.entries(properties).flatMap(([name, each]) => [
      ...hostileValues(each).map(({ what, value }) => attack(name, what, JSON.stringify(value))),
      ...(resolve(each).properties ? fieldAttacks(body, each, [...at, name]) : []),
      attack(name, '1e400', '1e400'),
      ...['NaN', '-Infinity', '01', "'a'", 'undefined', '+1', '"\n"'].map((raw) =>
        attack(name, `the literal ${raw}`, raw, 'body'),
      ),
      attack(name, '__proto__', '{"__proto__":{"x":1}}', '__proto__'),
      attack(name, 'constructor.prototype', '{"constructor":{"prototype":{"x":1}}}', 'constructor'),
      attack(name, 'a field named constructor', '{"constructor":1}', 'constructor'),
    ]),
    ...required.map((name) => ({
      what: `nothing as ${[...at, name].join('.')}`,
      payload: withField([...at, name], undefined),
      headers: { 'content-type': 'application/json' },
      field: [...at, name].join('.'),
    })),
    attack('unknown', 'something', '1'),
    attack('unknown', '30 000 levels', '['.repeat(30_000) + ']'.repeat(30_000), 'body'),
    attack('unknown', '50 000 keys', MANY_KEYS, 'body'),
    ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__'].map(
      (name) => attack(name, 'an object', '{"admin":true}', name),
    ),
    attack('\\u005f_proto__', 'an object', '{"admin":true}', '__proto__'),
    attack('', 'something', '1'),
    // 300 characters of it come back at most.
    attack('x'.repeat(5_000), 'something', '1', [...at, 'x'.repeat(5_000)].join('.').slice(0, 100)),
  ];

  /** The example with one field, wherever it is, as given. */
  function withField(path: string[], raw: string | undefined): string {
    const whole = structuredClone(exampleOf(body)) as Record<string, unknown>;
    const parent = path.slice(0, -1).reduce((value, key) => value[key] as Record<string, unknown>, whole);
    const name = path.at(-1)!;
    delete parent[name];
    if (raw !== undefined) Object.defineProperty(parent, MARK, { value: MARK, enumerable: true });
    return JSON.stringify(whole).replace(`"${MARK}":"${MARK}"`, () => `"${name}":${raw}`);
  }
}

const MARK = '@mark@';

const MANY_KEYS = `{${Array.from({ length: 50_000 }, (_, i) => `"${i.toString(36)}":0`).join(',')}}`;

const FORM = { 'content-type': 'multipart/form-data; boundary=x' };
const part = (head: string, content = '') =>
  `--x\r\ncontent-disposition: form-data; ${head}\r\n\r\n${content}\r\n`;

/** Of a route that takes one file in a form. Pictures that are none are another matter. */
const formAttacks: Attack[] = [
  { what: 'JSON', payload: '{}', headers: { 'content-type': 'application/json' }, refusal: NOT_JSON },
  { what: 'text', payload: 'a', headers: { 'content-type': 'text/plain' }, refusal: NOT_JSON },
  { what: 'a form without a boundary', payload: 'a', headers: { 'content-type': 'multipart/form-data' } },
  { what: 'an empty form', payload: '--x--\r\n', headers: FORM },
  { what: 'no form', payload: 'x', headers: FORM },
  { what: 'a field', payload: `${part('name="a"', 'b')}--x--`, headers: FORM },
  { what: 'a field named file', payload: `${part('name="file"', 'b')}--x--`, headers: FORM },
  {
    what: 'a file of another name',
    payload: `${part('name="a"; filename="a.jpg"', 'b')}--x--`,
    headers: FORM,
  },
  { what: '2 000 fields', payload: `${part('name="a"', 'b').repeat(2_000)}--x--`, headers: FORM },
  {
    what: 'a name of 100 000 letters',
    payload: `${part(`name="${'a'.repeat(100_000)}"`)}--x--`,
    headers: FORM,
  },
];

const TEN_MEGABYTES = `{"a":"${'x'.repeat(10_000_000)}"}`;

/** Whole bodies; `body` is a good one where the route takes one. */
export function bodyAttacks(body: string | undefined): Attack[] {
  const json = { 'content-type': 'application/json' };
  const good = body ?? '{}';
  const asJson = (what: string, payload: string | Buffer, field = 'body', headers = json): Attack => ({
    what: `a body that is ${what}`,
    payload,
    headers,
    field,
  });
  const typed = (type: string | undefined, payload: string | Buffer = good): Attack => ({
    what: `a body of type ${type}`,
    payload,
    headers: type === undefined ? {} : { 'content-type': type },
    refusal: NOT_JSON,
  });
  return [
    asJson('a list', '[]'),
    asJson('a list of objects', `[${good}]`),
    asJson('text', '"text"'),
    asJson('a number', '1'),
    asJson('true', 'true'),
    ...(body ? [asJson('null', 'null')] : []),
    asJson('an open brace', '{'),
    asJson('two objects', `${good}${good}`),
    asJson('followed by rubbish', `${good}x`),
    asJson('blank', ' '),
    asJson('with a comma too many', '{"a":1,}'),
    asJson('in single quotes', "{'a':1}"),
    asJson('NaN', 'NaN'),
    asJson('a form', 'a=1&b=2'),
    asJson('NUL', '\0'),
    asJson('preceded by two byte order marks', `\ufeff\ufeff${good}`),
    asJson('30 000 lists deep', '['.repeat(30_000) + ']'.repeat(30_000)),
    asJson('30 000 objects deep', '{"a":'.repeat(30_000) + '1' + '}'.repeat(30_000)),
    asJson('30 000 levels without an end', '[{"a":'.repeat(15_000)),
    asJson('30 000 levels over __proto__', '{"a":'.repeat(30_000) + '{"__proto__":1}' + '}'.repeat(30_000)),
    asJson('of 50 000 keys', MANY_KEYS),
    asJson('of 50 000 items', `[${'{},'.repeat(49_999)}{}]`),
    asJson('full of __proto__', `{${'"__proto__":{},'.repeat(20_000)}"a":1}`, '__proto__'),
    asJson('{"__proto__":{…}}', '{"__proto__":{"admin":true}}', '__proto__'),
    asJson('UTF-16', Buffer.from(good, 'utf16le'), 'body', {
      'content-type': 'application/json; charset=utf-16le',
    }),
    asJson('zipped', Buffer.from('1f8b08000000000000ff', 'hex'), 'body', {
      ...json,
      'content-encoding': 'gzip',
    } as never),
    // Read leniently, these bytes would become other characters without anybody noticing.
    asJson('broken UTF-8', Buffer.from(`{"a":"\xff\xfe"}`, 'latin1')),
    asJson('a surrogate in UTF-8', Buffer.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d])),
    asJson('cut within a character', Buffer.from('{"a":"é').subarray(0, -1)),
    ...(body
      ? []
      : [asJson('not asked for', '{"a":1}'), asJson('of a field not asked for', '{"id":1,"role":"admin"}')]),
    {
      what: 'a body of 10 MB',
      payload: TEN_MEGABYTES,
      headers: json,
      refusal: TOO_LARGE,
    },
    typed('text/plain'),
    typed('application/x-www-form-urlencoded', 'a=1&b=2'),
    typed(
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
    ),
    typed('multipart/form-data'),
    typed('application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    typed('application/octet-stream'),
    typed('application/jsonp'),
    typed('text/json'),
    typed('json'),
    typed(undefined),
  ];
}
