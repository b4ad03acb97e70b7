import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Database } from '../database/database.js';
import type { AppError } from '../errors/app-error.js';
import { runInRequest } from '../request/request-context.js';
import { toAppError } from './to-app-error.js';
import { toErrorBody } from './to-error-body.js';

/** A path is the client's own text: long ones need not come back whole. */
const MAX_PATH_LENGTH = 300;

/** Answers and logs whatever goes wrong, wherever: routes, guards, parsers, hooks, unknown addresses. */
@Catch()
@Injectable()
export class AllExceptionsFilter implements ExceptionFilter {
  private readonly logger = new Logger('Errors');

  constructor(private readonly database: Database) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    // First of all, as TypeORM's errors carry the statement with its parameters. What Fastify throws comes from
    // outside of the request's context.
    const error = runInRequest(request.context, () => toAppError(this.database.dialect.toError(thrown)));
    const context = {
      request: `${request.method} ${request.url.split('?', 1)[0]?.slice(0, MAX_PATH_LENGTH)}`,
      requestId: request.id,
      language: request.context.language,
    };
    this.log(error, context);
    if (reply.sent) return;
    if (error.status === 401) reply.header('www-authenticate', 'Bearer');
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
    reply.status(error.status).type('application/json; charset=utf-8').send(toErrorBody(error, context));
  }

  /** What a client did wrong is in the line of its request; here is only what somebody should look at. */
  private log(error: AppError, { request, requestId }: { request: string; requestId: string }): void {
    if (error.level === 'info') return;
    this.logger[error.level](error.error, { err: error.cause ?? error, request, requestId });
  }
}
