import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { deleteInBatches } from '../database/delete-in-batches.js';
import { Clock } from '../time/clock.js';

export interface StoredAnswer {
  requestHash: string;
  status: number;
  data: unknown;
}

@Injectable()
export class IdempotencyStore {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Takes the key for the running transaction; fails when it is taken, see `isTaken`. */
  async claim(userId: number, key: string, requestHash: string): Promise<number> {
    const { insertId } = await this.db.run(
      'insert into idempotency_keys (user_id, idempotency_key, request_hash, created_at) values (?, ?, ?, ?)',
      [userId, key, requestHash, this.clock.now()],
    );
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

  async forgetBefore(instant: Date): Promise<void> {
    await deleteInBatches(this.db, 'idempotency_keys', 'created_at < ?', [instant]);
  }
}
