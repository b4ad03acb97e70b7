import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseError, type Database } from '../../src/common/database/database.js';
import { createTestDatabase, databaseKind, type TestDatabase } from '../support/database.js';
import { INSERT_THING, Note, openFixture, Thing } from './fixture.js';

const SECRET = "s3cret' value";

describe('database errors', () => {
  let db: TestDatabase;
  let database: Database;
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error as DatabaseError,
    );
  const thing = (more: object) => ({ name: SECRET, createdAt: new Date(), ...more });

  beforeAll(async () => {
    db = await createTestDatabase();
    ({ database } = await openFixture(db.config));
  });
  afterAll(async () => {
    await database.close();
    await db.remove();
  });
  beforeEach(async () => {
    await database.run('DELETE FROM things');
    await database.run(INSERT_THING, [SECRET]);
  });

  it('name the unique index, however the row was written', async () => {
    const raw = await failure(database.run(INSERT_THING, [SECRET]));
    expect(database.duplicateKey(raw)).toBe('uq_things_name');
    const byRepository = await failure(
      database.transaction(() => database.repo(Thing).insert(thing({ name: SECRET }))),
    );
    expect(database.duplicateKey(byRepository)).toBe('uq_things_name');
    const composite = await failure(
      database.transaction(async () => {
        await database.repo(Thing).insert(thing({ name: 'a.b', ownerId: 1, day: '2026-01-01' }));
        await database.repo(Thing).insert(thing({ name: 'c', ownerId: 1, day: '2026-01-01' }));
      }),
    );
    expect(database.duplicateKey(composite)).toBe('uq_things_owner_day');
    expect(database.duplicateKey(new Error('Duplicate entry'))).toBeUndefined();
  });

  it('tell a missing referenced row', async () => {
    const error = await failure(
      database.transaction(() => database.repo(Note).insert({ thingId: 999, text: 'x' })),
    );
    expect(error).toMatchObject({ kind: 'foreignKey' });
    expect(database.duplicateKey(error)).toBeUndefined();
  });

  it('hold neither SQL nor values, wherever they arise', async () => {
    const errors = [
      await failure(database.run(INSERT_THING, [SECRET])),
      await failure(database.run('UPDATE thinks SET name = ?', [SECRET])),
      await failure(database.rows('SELECT nothing FROM things WHERE name = ?', [SECRET])),
      await failure(database.rows(`SELECT 'a' 'b' 'c' FROM WHERE name = ?`, [SECRET])),
      await failure(database.repo(Thing).findBy({ nam: SECRET } as object)),
      await failure(database.transaction(() => database.repo(Thing).insert(thing({ name: SECRET })))),
      await failure(database.transaction(() => database.repo(Thing).insert(thing({ name: null })))),
      await failure(
        database.transaction(() =>
          database
            .repo(Thing)
            .query(`INSERT INTO things (name, age) VALUES ('${SECRET.replace("'", "''")}', 'x')`),
        ),
      ),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(Error);
      const text = inspect(error, { depth: 10, showHidden: true });
      expect(text).not.toContain('s3cret');
      expect(text.split('\n    at ')[0]).not.toMatch(/(SELECT|INSERT|UPDATE|WHERE) \w/);
    }
    expect(errors.filter((error) => error instanceof DatabaseError)).toHaveLength(errors.length - 1);
  });

  it('say which name is wrong, for whoever wrote the statement', async () => {
    const error = await failure(database.rows('SELECT nonsense FROM things'));
    expect(error).toMatchObject({ kind: 'other' });
    expect(error!.message).toContain('nonsense');
    expect(error!.stack).toContain('errors.spec.ts');
  });

  // On the other database there is no such thing: not a test that is skipped.
  if (databaseKind === 'sqlite')
    it('refuse to write through a repository outside of a transaction', async () => {
      const error = await failure(database.repo(Thing).insert(thing({ name: 'lost' })));
      expect(error).toMatchObject({ kind: 'other', code: 'SQLITE_READONLY' });
    });
});
