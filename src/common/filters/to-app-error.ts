import { HttpException } from '@nestjs/common';
import { ConcurrentWriteError, DatabaseError } from '../database/database-error.js';
import { AppError, appError } from '../errors/app-error.js';
import type { ErrorName } from '../errors/error-codes.js';
import { say } from '../validation/say.js';

/** Seconds after which a client may expect better luck. */
const RETRY_SOON = 1;
const RETRY_LATER = 5;

/** Statuses with a cause of their own; the others below 500 are HTTP_ERROR. */
const CAUSES: Readonly<Record<number, ErrorName>> = {
  400: 'BAD_PARAMETER',
  401: 'NOT_LOGGED_IN',
  403: 'NO_PERMISSION',
  429: 'RATE_LIMITED',
  503: 'OVERLOADED',
};

/** Anything thrown, as one cause of the catalogue; what nobody foresaw is INTERNAL. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof DatabaseError) return ofDatabase(error);
  if (error instanceof ConcurrentWriteError) return conflict(error);
  // What Fastify throws outside of a route comes wrapped by Nest.
  if (error instanceof HttpException && !isHttpError(error.cause)) return ofStatus(error.getStatus(), error);
  const cause = error instanceof HttpException ? error.cause : error;
  if (isHttpError(cause)) return malformed(cause) ?? ofStatus(cause.statusCode, cause);
  return appError('INTERNAL', { cause: error });
}

function ofDatabase(error: DatabaseError): AppError {
  if (error.kind === 'unavailable') return appError('DATABASE_UNAVAILABLE', { cause: error });
  if (error.kind === 'retry') return conflict(error);
  // A refused row or reference that no service foresaw is a mistake of ours.
  return appError('INTERNAL', { cause: error });
}

function conflict(cause: Error): AppError {
  return appError('CONFLICT_RETRY', { cause, retryAfterSeconds: RETRY_SOON });
}

function ofStatus(status: number, cause: Error): AppError {
  const name = CAUSES[status];
  if (name) return appError(name, { cause, retryAfterSeconds: status === 429 ? RETRY_LATER : undefined });
  return status < 500 ? appError('HTTP_ERROR', { cause, status }) : appError('INTERNAL', { cause });
}

/** An error of Fastify or of one of its plug-ins; the fault of the request when its status is below 500. */
type HttpError = Error & { statusCode: number; code?: string };

function isHttpError(error: unknown): error is HttpError {
  const status = error instanceof Error && (error as Partial<HttpError>).statusCode;
  return typeof status === 'number' && status >= 400 && status < 600;
}

/** What is so malformed that no parser and no route ever saw it, by the codes of Fastify. */
const MALFORMED: Readonly<Record<string, [field: string, en: string, zh: string]>> = {
  FST_ERR_BAD_URL: ['path', 'must be a valid URL', '必须是有效的 URL'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'body',
    'must be as long as its Content-Length',
    '长度必须与 Content-Length 一致',
  ],
};

function malformed(cause: HttpError): AppError | undefined {
  const fault = MALFORMED[cause.code ?? ''];
  if (!fault) return undefined;
  const [field, en, zh] = fault;
  return appError('BAD_PARAMETER', { cause, fields: { [field]: [say(en, zh)] } });
}
