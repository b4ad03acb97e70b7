import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Clock } from '../time/clock.js';

export interface StoredAnswer {
  requestHash: string;
  status: number;
  data: unknown;
}

const KEPT_MS = 24 * 3_600_000;
const SWEEP_EVERY_MS = 3_600_000;

@Injectable()
export class IdempotencyStore {
  private readonly logger = new Logger(IdempotencyStore.name);
  private sweptAt: number;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {
    this.sweptAt = clock.now().getTime();
  }

  /** Takes the key for the running transaction; fails when it is taken, see `isTaken`. */
  async claim(userId: number, key: string, requestHash: string): Promise<number> {
    const { insertId } = await this.db.run(
      'insert into idempotency_keys (user_id, idempotency_key, request_hash, created_at) values (?, ?, ?, ?)',
      [userId, key, requestHash, this.clock.now()],
    );
    this.db.afterCommit(() => this.sweep());
    return insertId;
  }

  isTaken(error: unknown): boolean {
    return this.db.duplicateKey(error) === 'uq_idempotency_keys_user_key';
  }

  async keep(id: number, status: number, data: unknown): Promise<void> {
    await this.db.run('update idempotency_keys set status = ?, response = ? where id = ?', [
      status,
      JSON.stringify(data ?? null),
      id,
    ]);
  }

  async find(userId: number, key: string): Promise<StoredAnswer | undefined> {
    const row = await this.db.row<{ requestHash: string; status: number; response: string }>(
      `select request_hash as requestHash, status, response from idempotency_keys
       where user_id = ? and idempotency_key = ?`,
      [userId, key],
    );
    return row && { requestHash: row.requestHash, status: row.status, data: JSON.parse(row.response) };
  }

  /** Drops what is older than a day, once an hour; nobody waits for it. */
  private sweep(): void {
    const now = this.clock.now().getTime();
    if (now - this.sweptAt < SWEEP_EVERY_MS) return;
    this.sweptAt = now;
    this.db
      .run('delete from idempotency_keys where created_at < ?', [new Date(now - KEPT_MS)])
      .catch((error: unknown) =>
        this.logger.warn('Old idempotency keys could not be dropped', { err: error }),
      );
  }
}
