import type { Api } from './client';
import { t } from '@/i18n';

/** What the server says of a request it refused, or that it could not be reached (`status` 0). */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0: no answer. */
    readonly status: number,
    /** The name of the cause, as in docs/errors.md; `OFFLINE` without an answer. */
    readonly error: string,
    /** For people, in their language. */
    message: string,
    /** What is wrong with which field. */
    readonly fields: Readonly<Record<string, readonly string[]>> = {},
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }

  get isOffline(): boolean {
    return this.status === 0;
  }

  get isNotFound(): boolean {
    return this.status === 404;
  }
}

/** Whether the server refused for one of these causes (docs/errors.md). */
export const hasCause = (error: unknown, ...causes: string[]): error is ApiError =>
  error instanceof ApiError && causes.includes(error.error);

export const hasStatus = (error: unknown, ...statuses: number[]): boolean =>
  error instanceof ApiError && statuses.includes(error.status);

/** @param body the envelope of a refusal, if there was one */
export function toApiError(status: number, body?: unknown): ApiError {
  if (status === 0) return new ApiError(0, 'OFFLINE', t('common.error.offline'));
  const { msg, data } = (body ?? {}) as Partial<Api['ErrorAnswer']>;
  if (!data?.error) return new ApiError(status, 'HTTP_ERROR', t('common.error.unexpected', { status }));
  return new ApiError(status, data.error, msg ?? data.error, data.fields, data.details);
}

/** What to tell of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : t('common.error.unexpected', { status: '?' });
}
