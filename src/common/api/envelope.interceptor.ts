import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { foundItDone } from './created-or-ok.decorator.js';

/** What every success looks like. */
export interface Envelope<T> {
  code: 0;
  msg: 'ok';
  data: T | null;
}

/** Puts every result into its envelope; files go out as they are. */
@Injectable()
export class EnvelopeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((data: unknown) => {
        if (data instanceof StreamableFile) return data;
        if (foundItDone(context.getHandler(), data))
          context.switchToHttp().getResponse<FastifyReply>().status(200);
        return envelope(data);
      }),
    );
  }
}

export function envelope<T>(data: T): Envelope<T> {
  return { code: 0, msg: 'ok', data: data ?? null };
}
