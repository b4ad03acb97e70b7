import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { foundItDone } from '../api/created-or-ok.decorator.js';
import { Database } from '../database/database.js';
import { appError } from '../errors/app-error.js';
import { say } from '../validation/say.js';
import { IdempotencyStore } from './idempotency.store.js';

/** See `@Idempotent()`. The key and the work are one transaction: neither is ever there without the other. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly db: Database,
    private readonly store: IdempotencyStore,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const key = keyOf(request);
    if (key === undefined || !request.actor) return next.handle();
    const userId = request.actor.id;
    const hash = hashOf(request);
    const reply = http.getResponse<FastifyReply>();
    const work = async () => {
      const id = await this.store.claim(userId, key, hash);
      const data: unknown = await lastValueFrom(next.handle());
      await this.store.keep(id, foundItDone(request, data) ? 200 : reply.statusCode, data);
      return data;
    };
    return from(
      this.db.transaction(work).catch((error: unknown) => {
        if (this.store.isTaken(error)) return this.replay(userId, key, hash, reply);
        throw error;
      }),
    );
  }

  private async replay(userId: number, key: string, hash: string, reply: FastifyReply): Promise<unknown> {
    const answer = await this.store.find(userId, key);
    // Swept in this very moment.
    if (!answer) throw appError('CONFLICT_RETRY');
    if (answer.requestHash !== hash) throw appError('IDEMPOTENCY_KEY_REUSED');
    reply.header('idempotency-replayed', 'true').status(answer.status);
    return answer.data;
  }
}

function keyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[!-~]{1,255}$/.test(key)) return key;
  const message = say('must be 1 to 255 visible ASCII characters', '必须是 1 到 255 个可见的 ASCII 字符');
  throw appError('BAD_PARAMETER', { fields: { 'Idempotency-Key': [message] } });
}

function hashOf({ method, url, body }: FastifyRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([method, url, body]))
    .digest('hex');
}
