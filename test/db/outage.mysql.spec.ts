import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/common/database/database.js';
import { MariaDb } from '../support/mariadb.js';
import { findProgram } from '../support/programs.js';
import { INSERT_THING, openFixture, Thing } from './fixture.js';

const STATEMENT_TIMEOUT_MS = 500;
/** The statement's limit, the grace for the server to keep it, another try of a transaction, and some. */
const PATIENCE_MS = STATEMENT_TIMEOUT_MS + 2_000 + 1_000 + 1_000;

/** A server of its own: those of others are not to be killed. */
const hasServer = findProgram('mariadbd') !== undefined;

describe.runIf(hasServer)('when the server goes away', () => {
  let server: MariaDb | undefined;
  let database: Database;
  let clean = 0;
  const name = () => `name ${(clean += 1)}`;

  /** Every way to the database, all at once. */
  const everything = () =>
    Promise.allSettled([
      ...Array.from({ length: 10 }, () => database.rows('SELECT COUNT(*) AS n FROM things')),
      ...Array.from({ length: 10 }, () => database.run(INSERT_THING, [name()])),
      ...Array.from({ length: 10 }, () => database.repo(Thing).find()),
      ...Array.from({ length: 10 }, () =>
        database.transaction(async () => {
          await database.run(INSERT_THING, [name()]);
          await sleep(20);
          await database.repo(Thing).insert({ name: name(), createdAt: new Date() });
        }),
      ),
      database.ping(),
    ]);
  const reasons = (results: PromiseSettledResult<unknown>[]) => [
    ...new Set(results.map((one) => (one.status === 'rejected' ? (one.reason.kind ?? one.reason) : 'done'))),
  ];

  beforeAll(async () => {
    server = await MariaDb.start();
    const url = await server!.createDatabase('outage');
    ({ database } = await openFixture({
      kind: 'mysql',
      url,
      poolSize: 5,
      queueLimit: 100,
      acquireTimeoutMs: 1_000,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    }));
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });

  it('says so at once, and works again as soon as the server is back', async () => {
    expect(reasons(await everything())).toEqual(['done']);
    const underWay = everything();
    await sleep(10);
    await server!.kill();
    expect(reasons(await underWay).filter((reason) => reason !== 'done')).toEqual(['unavailable']);
    for (let round = 0; round < 3; round += 1) {
      const start = Date.now();
      expect(reasons(await everything())).toEqual(['unavailable']);
      expect(Date.now() - start).toBeLessThan(1_500);
    }
    await server!.start();
    expect(reasons(await everything())).toEqual(['done']);
    const halves = await database.row<{ n: number }>('SELECT COUNT(*) AS n FROM things');
    expect(halves!.n).toBeGreaterThan(0);
  });

  it('gives up on a server that keeps its connections and does not answer, whichever way it was asked', async () => {
    expect(reasons(await everything())).toEqual(['done']); // all connections of the pool are open
    server!.suspend();
    await sleep(50); // until all of its threads have stopped
    const start = Date.now();
    const results = await Promise.allSettled([
      database.rows('SELECT COUNT(*) AS n FROM things'),
      database.run(INSERT_THING, [name()]),
      database.repo(Thing).find(),
      database.transaction(() => database.run(INSERT_THING, [name()])),
      database.repo(Thing).count(),
    ]);
    server!.resume();
    expect(results.map((one) => one.status === 'rejected' && one.reason.kind)).toEqual(
      Array(5).fill('unavailable'),
    );
    expect(Date.now() - start).toBeLessThan(PATIENCE_MS);
    await sleep(100);
    expect(reasons(await everything())).toEqual(['done']);
  });
});
