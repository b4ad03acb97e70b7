import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/common/database/database.js';
import { instantOf, isoOf } from '../../src/common/database/values.js';
import { createTestDatabase, databaseKind, type TestDatabase } from '../support/database.js';
import { openFixture, Thing } from './fixture.js';

const ZONES = ['UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Kiritimati'];
/** Among them the hours that a clock change skips or repeats somewhere. */
const INSTANTS = [
  '1970-01-01T00:00:00.001Z',
  '2026-03-08T07:30:00.123Z',
  '2026-03-29T01:30:00.999Z',
  '2026-11-01T05:30:00.500Z',
  '9999-12-31T23:59:59.999Z',
];
const BIG = Number.MAX_SAFE_INTEGER;

describe('values', () => {
  let db: TestDatabase;
  let database: Database;
  const zone = process.env.TZ;

  beforeAll(async () => {
    db = await createTestDatabase();
    ({ database } = await openFixture(db.config));
  });
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });
  afterAll(async () => {
    await database.close();
    await db.remove();
  });

  for (const timeZone of ZONES) {
    it(`come back as they went, by entity and by raw row, in a process in ${timeZone}`, async () => {
      process.env.TZ = timeZone;
      for (const [number, iso] of INSTANTS.entries()) {
        const given = {
          name: `${timeZone} ${number} ünï 😀 \\ ' " % _`,
          createdAt: new Date(iso),
          seenAt: null,
          day: iso.slice(0, 10),
          ownerId: BIG - number - 10 * ZONES.indexOf(timeZone),
          body: 'x'.repeat(100_000),
          done: number % 2 === 0,
          detail: { list: [1, 'two', null, true], nested: { é: '"' } },
        };
        const { id } = await database.transaction(() => database.repo(Thing).save({ ...given }));
        const expected = { ...given, id, state: 'new', remark: null, age: 18, rank: null, total: 0 };
        expect(await database.repo(Thing).findOneByOrFail({ id })).toEqual(expected);
        expect(await database.repo(Thing).findOneBy({ createdAt: new Date(iso), id })).not.toBeNull();

        const row = await database.row<{ created_at: Date | string; seen_at: null; detail: string }>(
          'SELECT * FROM things WHERE id = ? AND created_at = ? AND day = ? AND owner_id = ? AND done = ? AND name = ?',
          [id, new Date(iso), given.day, given.ownerId, given.done, given.name],
        );
        expect(row).toMatchObject({ id, day: given.day, owner_id: given.ownerId, done: number % 2 ? 0 : 1 });
        expect(isoOf(row!.created_at)).toBe(iso);
        expect(instantOf(row!.created_at)).toEqual(new Date(iso));
        expect(row!.seen_at).toBeNull();
        expect(JSON.parse(row!.detail)).toEqual(given.detail);
      }
    });
  }

  it('written by raw statements are the same to entities', async () => {
    const at = new Date('2026-06-01T12:00:00.007Z');
    const { insertId: id } = await database.run(
      'INSERT INTO things (name, created_at, day, done, owner_id, detail, age) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ['raw', at, '2026-06-01', true, 5, '{"a":1}', -3],
    );
    expect(await database.repo(Thing).findOneByOrFail({ id })).toMatchObject({
      createdAt: at,
      day: '2026-06-01',
      done: true,
      ownerId: 5,
      detail: { a: 1 },
      age: -3,
    });
  });

  it('of aggregates are numbers', async () => {
    await database.run('DELETE FROM things');
    for (const total of [1, 2, 4]) {
      await database.run('INSERT INTO things (name, total, created_at) VALUES (?, ?, ?)', [
        `n${total}`,
        total,
        new Date(),
      ]);
    }
    expect(
      await database.row(
        'SELECT COUNT(*) AS n, SUM(total) AS sum, AVG(total) * 3 AS avg3, MAX(id) > 0 AS ok FROM things',
      ),
    ).toEqual({ n: 3, sum: 7, avg3: expect.closeTo(7, 3), ok: 1 });
  });

  it('of text compare and sort by code point, blanks and accents included', async () => {
    await database.run('DELETE FROM things');
    const names = ['a', 'A', 'á', 'a ', 'b', '😀', 'ａ', '~'];
    for (const name of names) {
      await database.run('INSERT INTO things (name, created_at) VALUES (?, ?)', [name, new Date()]);
    }
    const sorted = await database.rows<{ name: string }>('SELECT name FROM things ORDER BY name');
    expect(sorted.map(({ name }) => name)).toEqual(['A', 'a', 'a ', 'b', '~', 'á', 'ａ', '😀']);
    for (const name of names) {
      expect(await database.rows('SELECT name FROM things WHERE name = ?', [name])).toEqual([{ name }]);
      expect(await database.repo(Thing).countBy({ name })).toBe(1);
    }
  });

  it('too long or out of range are refused, not cut', async () => {
    if (databaseKind === 'sqlite') return; // SQLite takes them: the DTO is what refuses
    const create = (more: object) =>
      database.transaction(() => database.repo(Thing).insert({ name: 'n', createdAt: new Date(), ...more }));
    await expect(create({ name: 'x'.repeat(61) })).rejects.toMatchObject({ code: 'ER_DATA_TOO_LONG' });
    await expect(create({ age: 2 ** 31 })).rejects.toMatchObject({ code: 'ER_WARN_DATA_OUT_OF_RANGE' });
    await expect(create({ day: '2026-02-30' })).rejects.toThrow('ER_TRUNCATED_WRONG_VALUE');
  });
});
