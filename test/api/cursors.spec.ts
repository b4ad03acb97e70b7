import { afterAll, beforeAll, expect, it } from 'vitest';
import { Attacker } from '../support/attacker.js';
import { type Operation, operations, rowsOf, title } from '../support/operations.js';

let attacker: Attacker;
beforeAll(async () => {
  attacker = await Attacker.create();
  // Scores that sink with time are written anew by the first who asks for them.
  for (const operation of lists) await attacker.send(operation, { what: 'nothing' });
});
afterAll(() => attacker.close());

const lists = operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'cursor'));
const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
/** Every order or part of a list that can be asked for. */
const variants = ({ parameters }: Operation) => [
  '',
  ...parameters.flatMap(({ name, schema }) =>
    (schema.enum ?? []).map((value) => `&${name}=${String(value)}`),
  ),
];

it.each(rowsOf(lists))(
  '%s refuses what is no cursor, and whatever it takes breaks nothing',
  async (_, operation) => {
    const broken = [
      '{}',
      'null',
      '1',
      '"a"',
      '[',
      '[[',
      '['.repeat(700),
      '[]',
      '[[]]',
      '[{}]',
      '[null,null,null,null,null]',
      '\0',
      '\ud800',
      'ÿ',
    ];
    const none = [
      ...broken.map(encode),
      'a',
      '=',
      'W10=',
      '!',
      '%00',
      'é',
      'x'.repeat(1_024),
      'x'.repeat(1_025),
    ];
    const values = [
      0,
      -1,
      1.5,
      2 ** 53,
      1e21,
      1e308,
      -1e308,
      5e-324,
      '',
      'a',
      "' or 1=1 --",
      'x'.repeat(300),
      '😀',
      '2026-01-31',
      '9999-12-31',
      '1000-01-01',
      '2026-02-30',
      '0000-00-00',
      null,
      '2026-01-31T08:00:00.000Z',
      '9999-12-31T23:59:59.999Z',
      '0000-01-01T00:00:00.000Z',
      '2026-13-45T99:99:99.999Z',
      '2026-02-30T08:00:00.000Z',
    ];
    const possible = values.flatMap((a) => [
      [a],
      [a, 1],
      [a, -1],
      [a, 1e308],
      [1, a],
      [a, a],
      [1, a, 1],
      [a, 1, 1],
      [1, 1, a],
    ]);
    const before = await attacker.checksums();
    for (const variant of variants(operation)) {
      for (const cursor of none) {
        const { error, fields } = await attacker.send(operation, {
          what: '',
          query: `cursor=${cursor}${variant}`,
        });
        expect([error, Object.keys(fields)], `${variant} ${cursor}`).toEqual(['BAD_PARAMETER', ['cursor']]);
      }
      for (const cursor of possible) {
        const { status, fields } = await attacker.send(operation, {
          what: '',
          query: `cursor=${encode(cursor)}${variant}`,
        });
        expect([200, 400], `${variant} ${JSON.stringify(cursor)}`).toContain(status);
        if (status === 400) expect(Object.keys(fields)).toEqual(['cursor']);
      }
    }
    expect(await attacker.checksums()).toEqual(before);
  },
);

it('a cursor of one list is no harm to another', async () => {
  const cursors = new Map<string, string>();
  for (const operation of lists) {
    for (const variant of variants(operation)) {
      const { data } = await attacker.send(operation, { what: '', query: `limit=1${variant}` });
      if (data?.nextCursor) cursors.set(`${title(operation)} ${variant}`, data.nextCursor);
    }
  }
  for (const operation of lists)
    expect(
      [...cursors.keys()].some((key) => key.startsWith(`${title(operation)} `)),
      title(operation),
    ).toBe(true);
  for (const operation of lists) {
    for (const variant of variants(operation)) {
      for (const [origin, cursor] of cursors) {
        const { status, fields } = await attacker.send(operation, {
          what: '',
          query: `cursor=${cursor}${variant}`,
        });
        const own = origin === `${title(operation)} ${variant}`;
        expect(own ? [200] : [200, 400], `${title(operation)} ${variant} with that of ${origin}`).toContain(
          status,
        );
        if (status === 400) expect(Object.keys(fields)).toEqual(['cursor']);
      }
    }
  }
});
