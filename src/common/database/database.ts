import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityTarget, ObjectLiteral, Repository } from 'typeorm';
import { ConcurrentWriteError, DatabaseError } from './database-error.js';
import type { Dialect } from './dialect/dialect.js';
import type { RunResult, Session, SqlValue, Store } from './store.js';

export { ConcurrentWriteError, DatabaseError } from './database-error.js';
export type { RunResult, SqlValue } from './store.js';

type NewRow<E extends ObjectLiteral> = Exclude<Parameters<Repository<E>['insert']>[0], unknown[]>;

type Hook = () => void | Promise<void>;

interface Transaction {
  session: Session;
  hooks: Hook[];
  over: boolean;
}

const MAX_TRIES = 4;

/**
 * The way to the data. A transaction belongs to the asynchronous call it was opened in: everything called from
 * there, however deep, takes part in it without being handed anything.
 */
@Injectable()
export class Database {
  private readonly logger = new Logger(Database.name);
  private readonly storage = new AsyncLocalStorage<Transaction | undefined>();

  constructor(private readonly store: Store) {}

  get dialect(): Dialect {
    return this.store.dialect;
  }

  get inTransaction(): boolean {
    return this.current() !== undefined;
  }

  /** The running transaction's repository, else one for reading outside of a transaction. */
  repo<E extends ObjectLiteral>(entity: EntityTarget<E>): Repository<E> {
    return this.statements().manager.getRepository(entity);
  }

  /** @returns the id */
  async insert<E extends { id: number }>(entity: EntityTarget<E>, row: NewRow<E>): Promise<number> {
    const { identifiers } = await this.repo(entity).insert(row);
    return Number(identifiers[0]!['id']);
  }

  /**
   * Runs `fn` in a transaction; inside of one it just joins. The outermost call runs the whole of `fn` again
   * (4 times at most) after a deadlock, a lock timeout, a `ConcurrentWriteError` or a lost connection, so `fn`
   * must not act on anything but the database: slow and outside work belongs before it or into `afterCommit`.
   *
   * @throws DatabaseError of kind `retry` when all tries failed, `unavailable` when there is no connection
   */
  async transaction<T>(fn: () => Promise<T>): Promise<T> {
    if (this.current()) return fn();
    const { result, hooks } = await this.retrying(() => this.once(fn));
    for (const hook of hooks) await this.runHook(hook);
    return result;
  }

  /**
   * Runs `fn` when the running transaction has been committed, before `transaction()` returns; never when it is
   * rolled back. Outside of a transaction it runs now. Errors are logged, not thrown.
   */
  afterCommit(fn: Hook): void {
    const transaction = this.current();
    if (transaction) transaction.hooks.push(fn);
    else void this.runHook(fn);
  }

  /**
   * A SELECT with `?` placeholders as flat rows, the way the hot paths read. Instants come as `instantOf` takes
   * them, booleans as 0 or 1, JSON as text.
   */
  rows<T>(sql: string, params: readonly SqlValue[] = []): Promise<T[]> {
    return this.statements().rows<T>(sql, params);
  }

  async row<T>(sql: string, params: readonly SqlValue[] = []): Promise<T | undefined> {
    return (await this.rows<T>(sql, params))[0];
  }

  /** An INSERT, UPDATE or DELETE with `?` placeholders. Outside of a transaction it is one of its own. */
  run(sql: string, params: readonly SqlValue[] = []): Promise<RunResult> {
    const session = this.current()?.session;
    return session ? session.run(sql, params) : this.retrying(() => this.store.run(sql, params), false);
  }

  /** Name of the unique index that refused a row, when that is what happened. */
  duplicateKey(error: unknown): string | undefined {
    return error instanceof DatabaseError && error.kind === 'duplicate' ? error.index : undefined;
  }

  /** @throws DatabaseError when the database does not answer */
  async ping(): Promise<void> {
    await this.store.rows('SELECT 1', []);
  }

  /** Nothing may use the database afterwards. */
  async close(): Promise<void> {
    await this.store.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private statements(): Session | Store {
    return this.current()?.session ?? this.store;
  }

  private current(): Transaction | undefined {
    const transaction = this.storage.getStore();
    if (transaction?.over) {
      throw new Error('The transaction is over: await what belongs to it, or use afterCommit');
    }
    return transaction;
  }

  private async once<T>(fn: () => Promise<T>): Promise<{ result: T; hooks: Hook[] }> {
    const session = await this.store.begin();
    const transaction: Transaction = { session, hooks: [], over: false };
    let result: T;
    try {
      result = await this.storage.run(transaction, fn);
      if (session.failure) throw session.failure;
    } catch (error) {
      transaction.over = true;
      await session.rollback();
      throw session.failure ?? error;
    }
    transaction.over = true;
    await session.commit().catch((error: unknown) => {
      throw new CommitFailed(error);
    });
    return { result, hooks: transaction.hooks };
  }

  /** @param whenLost whether work on a connection that broke is known to be undone */
  private async retrying<T>(work: () => Promise<T>, whenLost = true): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        // Whether a commit that failed took effect is unknown: never do it twice.
        if (error instanceof CommitFailed) throw error.reason;
        if (tries === MAX_TRIES || !isWorthRetrying(error, whenLost)) throw error;
        await sleep(tries * 10 + Math.random() * 40);
      }
    }
  }

  /** Outside of the transaction that registered it, so that it may open one. */
  private async runHook(hook: Hook): Promise<void> {
    try {
      await this.storage.run(undefined, hook);
    } catch (error) {
      this.logger.error(
        `Work after a commit failed: ${error instanceof Error ? error.stack : 'not an Error'}`,
      );
    }
  }
}

class CommitFailed extends Error {
  constructor(readonly reason: unknown) {
    super('Commit failed');
  }
}

function isWorthRetrying(error: unknown, whenLost: boolean): boolean {
  if (error instanceof ConcurrentWriteError) return true;
  return error instanceof DatabaseError && (error.kind === 'retry' || (whenLost && error.connectionLost));
}
