import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { decodeCursor, encodeCursor, type Page, toPage } from '../api/pagination.js';
import type { Actor } from '../auth/actor.js';
import { Database } from '../database/database.js';
import { currentRequest } from '../request/request-context.js';
import { definedOf } from '../objects.js';
import { Clock } from '../time/clock.js';
import { BusinessLogEntry } from './business-log.entity.js';
import type { BusinessLogEntryDto } from './dto/business-log-entry.dto.js';
import type { ListBusinessLogQueryDto } from './dto/list-business-log-query.dto.js';

export interface BusinessAct {
  /** Null when a command line or the system itself acts. */
  actor: Pick<Actor, 'id'> | null;
  /** What was done, e.g. `group.member.kick`; at most 64 characters. */
  action: string;
  /** What it was done to, e.g. `group`; at most 32 characters. */
  objectType: string;
  objectId: number | null;
  /** What else one will want to know: reasons, old and new values; never secrets. */
  detail?: object;
}

/** The record of privileged acts, kept in the transaction of the act itself: there is never one without the other. */
@Injectable()
export class BusinessLog {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async record({ actor, action, objectType, objectId, detail }: BusinessAct): Promise<void> {
    if (!this.db.inTransaction) throw new Error(`${action} must be recorded in the transaction of the act`);
    await this.db.run(
      `insert into business_log (actor_id, action, object_type, object_id, detail, request_id, created_at)
       values (?, ?, ?, ?, ?, ?, ?)`,
      [
        actor?.id ?? null,
        action,
        objectType,
        objectId,
        detail ? JSON.stringify(detail) : null,
        currentRequest()?.requestId ?? null,
        this.clock.now(),
      ],
    );
  }

  async list(query: ListBusinessLogQueryDto): Promise<Page<BusinessLogEntryDto>> {
    const [beforeId] = query.cursor ? decodeCursor(query.cursor, ['number']) : [];
    const { actorId, objectType, objectId, limit } = query;
    const rows = await this.db.repo(BusinessLogEntry).find({
      where: definedOf({
        actorId,
        objectType,
        objectId,
        id: beforeId === undefined ? undefined : LessThan(beforeId),
      }),
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const page = toPage(rows, limit, (row) => encodeCursor([row.id]));
    return { ...page, items: page.items.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })) };
  }
}
