import { IsArray, IsBoolean, IsIn, MaxLength, Min } from 'class-validator';
import { ArrayMaxSize, ArrayUnique } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { PageQueryDto } from '../api/page-query.dto.js';
import { AppError } from '../errors/app-error.js';
import { type Language, runInRequest } from '../request/request-context.js';
import { IsDay } from './is-day.js';
import { IsInstant } from './is-instant.js';
import { IsIntIn } from './is-int-in.js';
import { IsMonth } from './is-month.js';
import { IsNested } from './is-nested.js';
import { IsOneOf } from './is-one-of.js';
import { IsPassword } from './is-password.js';
import { IsPhone } from './is-phone.js';
import { IsText } from './is-text.js';
import { IsTimeZone } from './is-time-zone.js';
import { Nullable, Optional } from './optional.js';
import { QueryFlag } from './query-flag.js';
import { validationPipe } from './validation.pipe.js';

class RuleDto {
  @IsIntIn(0, 6)
  dayStartHour: number;
}

class BodyDto {
  @Optional()
  @IsText({ min: 1, max: 10 })
  name?: string;

  @Optional()
  @IsText({ max: 10, multiline: true })
  bio?: string;

  @Nullable()
  @IsText({ max: 10 })
  city?: string | null;

  @Optional()
  @IsDay()
  day?: string;

  @Optional()
  @IsMonth()
  month?: string;

  @Optional()
  @IsInstant()
  until?: string;

  @Optional()
  @IsPhone()
  phone?: string;

  @Optional()
  @IsPassword()
  password?: string;

  @Optional()
  @IsTimeZone()
  timeZone?: string;

  @Optional()
  @IsOneOf(['open', 'closed'])
  policy?: string;

  @Optional()
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsIntIn(1, 7, { each: true })
  weekdays?: number[];

  @Optional()
  @IsNested(() => RuleDto)
  rule?: RuleDto;

  @Optional()
  @IsBoolean()
  flag?: boolean;

  @Optional()
  @IsIn(['a', 'b'])
  kind?: string;

  @Optional()
  @MaxLength(4)
  short?: string;

  @Optional()
  @Min(3)
  least?: number;
}

class QueryDto extends PageQueryDto {
  @Optional()
  @QueryFlag()
  ban?: boolean;
}

const validated = (value: unknown, type: 'body' | 'query' = 'body') =>
  validationPipe.transform(value, { type, metatype: type === 'body' ? BodyDto : QueryDto });

const validFor = async <K extends keyof BodyDto>(field: K, value: unknown) =>
  ((await validated({ [field]: value })) as BodyDto)[field];

async function fieldsOf(value: unknown, type: 'body' | 'query' = 'body', language: Language = 'en') {
  const error: unknown = await runInRequest({ requestId: 'r', language, address: '::1' }, () =>
    validated(value, type).then(
      () => undefined,
      (reason: unknown) => reason,
    ),
  );
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ error: 'BAD_PARAMETER', status: 400 });
  return (error as AppError).fields;
}

describe('a text', () => {
  it('is trimmed, and its length counted in characters, not in code units', async () => {
    expect(await validFor('name', '  晨跑 ')).toBe('晨跑');
    expect(await validFor('name', '🏃'.repeat(10))).toBe('🏃'.repeat(10));
    expect(await fieldsOf({ name: '🏃'.repeat(11) })).toEqual({ name: ['must be at most 10 characters'] });
  });

  it.each([
    ['spaces', '   '],
    ['invisible characters', '\u200b\u2060\u3164'],
  ])('of nothing but %s is empty', async (_what, text) => {
    expect(await fieldsOf({ name: text })).toEqual({ name: ['must not be empty'] });
  });

  it('keeps line breaks only where it may have several lines', async () => {
    expect(await validFor('bio', 'a\r\nb\tc')).toBe('a\nb\tc');
    expect(await fieldsOf({ name: 'a\nb' })).toEqual({
      name: ['must not contain control characters or line breaks'],
    });
    expect(await fieldsOf({ name: 'a\u2028b' })).toHaveProperty('name');
  });

  it.each([
    ['NUL', 'a\0b', /control/],
    ['another control character', 'a\u0007b', /control/],
    ['a lone surrogate', 'a\ud800', /broken/],
    ['a change of direction', 'a\u202eb', /direction/],
  ])('with %s is refused', async (_what, text, reason) => {
    for (const field of ['name', 'bio'] as const) {
      expect((await fieldsOf({ [field]: text }))?.[field]).toEqual([expect.stringMatching(reason)]);
    }
  });

  it.each([[1], [true], [['a']], [{ toString: 'x' }], [null]])('is not %j', async (value) => {
    expect(await fieldsOf({ name: value })).toEqual({ name: ['must be text'] });
  });

  it('that may be null may be null, and no other may', async () => {
    expect(await validFor('city', null)).toBeNull();
    expect(await fieldsOf({ bio: null })).toHaveProperty('bio');
  });
});

describe('a day', () => {
  it.each(['2026-01-31', '2024-02-29', '1900-01-01'])('may be %s', async (day) => {
    expect(await validFor('day', day)).toBe(day);
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-1-1',
    '20260131',
    '2026-01-31T00:00:00Z',
    '1899-12-31',
    '3000-01-01',
    '２０２６-01-01',
    20260131,
    '',
  ])('may not be %j', async (day) => expect(await fieldsOf({ day })).toHaveProperty('day'));
});

describe('an instant', () => {
  it.each([
    ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.000Z'],
    ['2026-01-31T08:00+08:00', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31T08:00:00.123456Z', '2026-01-31T08:00:00.123Z'],
  ])('%s becomes %s', async (given, utc) => expect(await validFor('until', given)).toBe(utc));

  it.each([
    '2026-01-31',
    '2026-01-31T08:00:00',
    '2026-02-30T00:00:00Z',
    '2026-01-31T24:00:00Z',
    '9999-12-31T23:00:00-02:00',
    1,
    'now',
  ])('may not be %j', async (until) => expect(await fieldsOf({ until })).toHaveProperty('until'));
});

describe('a phone number', () => {
  it.each([
    ['13800000001', '+8613800000001'],
    [' 138 0000-0001 ', '+8613800000001'],
    ['+86 138 0000 0001', '+8613800000001'],
    ['8613800000001', '+8613800000001'],
    ['008613800000001', '+8613800000001'],
    ['+49 151 12345678', '+4915112345678'],
    ['+1 (415) 555-2671', '+14155552671'],
  ])('%s is %s', async (given, e164) => expect(await validFor('phone', given)).toBe(e164));

  it.each([
    '',
    '1380000000',
    '12800000001',
    '+86010123456',
    '+0123456789',
    '１３８０００００００１',
    '138 0000 0001 x',
    '+861380000000a',
    '+12345',
    '+1234567890123456',
    13800000001,
    { a: 1 },
  ])('may not be %j', async (phone) => expect(await fieldsOf({ phone })).toHaveProperty('phone'));
});

describe('other fields', () => {
  it.each<[keyof BodyDto, unknown, string]>([
    ['password', 'short', 'must be at least 8 characters'],
    ['password', 'x'.repeat(65), 'must be at most 64 characters'],
    ['timeZone', '+08:00', 'must be a time zone such as Asia/Shanghai'],
    ['timeZone', 'Asia/Nowhere', 'must be a time zone such as Asia/Shanghai'],
    ['month', '2026-13', 'must be a month such as 2026-01'],
    ['policy', 'ajar', 'must be one of: open, closed'],
    ['policy', ['open'], 'must be one of: open, closed'],
    ['weekdays', [1, 8], 'must be a whole number from 1 to 7'],
    ['weekdays', [1, '2'], 'must be a whole number from 1 to 7'],
    ['weekdays', [1, 1], 'must not contain anything twice'],
    ['weekdays', [1, 2, 3, 4], 'must have at most 3 items'],
    ['weekdays', 'mon', 'must be a list'],
    ['rule', [], 'must be an object'],
    ['rule', 'x', 'must be an object'],
    ['flag', 'true', 'must be true or false'],
    ['kind', 'c', 'must be one of: a, b'],
    ['short', 'abcde', 'must be at most 4 characters'],
    ['least', 2, 'must be at least 3'],
  ])('%s refuses %j', async (field, value, message) => {
    expect((await fieldsOf({ [field]: value }))?.[field]).toContain(message);
  });

  it.each([['Asia/Shanghai'], ['America/Argentina/Buenos_Aires'], ['UTC'], ['Etc/GMT+8']])(
    'takes the zone %s',
    async (zone) => {
      expect(await validFor('timeZone', zone)).toBe(zone);
    },
  );

  it('keeps a password as it was typed', async () => {
    expect(await validFor('password', '  spaces stay  ')).toBe('  spaces stay  ');
  });

  it('names a field of a nested object by its path', async () => {
    expect(await fieldsOf({ rule: { dayStartHour: '3' } })).toEqual({
      'rule.dayStartHour': ['must be a whole number from 0 to 6'],
    });
  });

  it('refuses a field it does not know, at any depth', async () => {
    expect(await fieldsOf({ nmae: 1, rule: { dayStartHour: 1, x: 1 } })).toEqual({
      nmae: ['is not a known field'],
      'rule.x': ['is not a known field'],
    });
  });

  it('tells it all in Chinese to whoever asks for it', async () => {
    const body = {
      name: 'x'.repeat(11),
      nmae: 1,
      flag: 1,
      short: 'abcde',
      kind: 'c',
      weekdays: [1, 1],
      rule: 1,
    };
    expect(await fieldsOf(body, 'body', 'zh')).toEqual({
      name: ['最多 10 个字符'],
      nmae: ['不认识这个字段'],
      flag: ['必须是 true 或 false'],
      short: ['最多 4 个字符'],
      kind: ['必须是以下之一：a, b'],
      weekdays: ['不能有重复项'],
      rule: ['必须是对象'],
    });
  });

  it('does not answer a flood of unknown fields with a flood', async () => {
    const flood = Object.fromEntries(
      Array.from({ length: 900 }, (_, index) => [`${index}${'x'.repeat(500)}`, 1]),
    );
    const fields = (await fieldsOf(flood)) ?? {};
    expect(Object.keys(fields).length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(fields).length).toBeLessThan(10_000);
  });
});

describe('a body', () => {
  it.each([['text'], [7], [true], [null], [[]], [[{}]]])('that is %j is no object', async (body) => {
    expect(await fieldsOf(body)).toEqual({ body: ['must be an object'] });
  });

  it('that is missing counts as empty', async () => {
    expect(await validated(undefined)).toBeInstanceOf(BodyDto);
  });

  it('without a DTO class is a mistake of ours, never let through', async () => {
    await expect(validationPipe.transform({ a: 1 }, { type: 'body', metatype: Object })).rejects.toThrow(
      TypeError,
    );
    await expect(
      validationPipe.transform('x', { type: 'query', metatype: String, data: 'q' }),
    ).rejects.toThrow(TypeError);
    await expect(validationPipe.transform({ a: 1 }, { type: 'body' })).rejects.toThrow(TypeError);
  });
});

describe('a query', () => {
  const query = (values: object) => Object.assign(Object.create(null) as object, values);

  it('has its defaults and its numbers', async () => {
    expect(await validated(query({}), 'query')).toEqual({ limit: 20 });
    expect(await validated(query({ limit: '100', ban: 'true' }), 'query')).toEqual({ limit: 100, ban: true });
  });

  it.each([
    '0',
    '101',
    '1e1',
    '0x10',
    '01',
    '+5',
    '-1',
    ' 5',
    '1.5',
    '',
    '５',
    ['1', '2'],
    '99999999999999999999',
  ])('refuses the limit %j', async (limit) => {
    expect(await fieldsOf(query({ limit }), 'query')).toEqual({
      limit: ['must be a whole number from 1 to 100'],
    });
  });

  it.each(['', 'a b', ['x', 'y'], 'x'.repeat(1025)])('refuses the cursor %j', async (cursor) => {
    expect(await fieldsOf(query({ cursor }), 'query')).toHaveProperty('cursor');
  });

  it.each(['offset', '__proto__', 'constructor'])('refuses the unknown parameter %s', async (name) => {
    const values = query({});
    Object.defineProperty(values, name, { value: '1', enumerable: true, configurable: true });
    expect(Object.keys((await fieldsOf(values, 'query')) ?? {})).toEqual([name]);
  });

  it.each(['1', 'yes', 'TRUE', 'constructor', ''])('refuses the flag %j', async (ban) => {
    expect(await fieldsOf(query({ ban }), 'query')).toEqual({ ban: ['must be true or false'] });
  });
});

it('leaves alone what parameter decorators hand out', async () => {
  const id = 7;
  expect(await validationPipe.transform(id, { type: 'custom', metatype: Number })).toBe(id);
  expect(await validationPipe.transform('1e3', { type: 'param', metatype: Number, data: 'id' })).toBe('1e3');
});
