import type { Api } from './client';
import { t } from '@/i18n';

/** What the server says of a request it refused, or that it could not be reached (`status` 0). */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0: no answer. */
    readonly status: number,
    /** The name of the cause, as in docs/errors.md; `OFFLINE` without an answer. */
    readonly error: string,
    /** What the server says to people, in their language; '' where it said nothing. */
    message = '',
    /** What is wrong with which field. */
    readonly fields: Readonly<Record<string, readonly string[]>> = {},
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }

  get isOffline(): boolean {
    return this.status === 0;
  }
}

/** Whether the server refused for one of these causes (docs/errors.md). */
export const hasCause = (error: unknown, ...causes: string[]): error is ApiError =>
  error instanceof ApiError && causes.includes(error.error);

export const hasStatus = (error: unknown, ...statuses: number[]): boolean =>
  error instanceof ApiError && statuses.includes(error.status);

/** @param body the envelope of a refusal, if there was one */
export function toApiError(status: number, body?: unknown): ApiError {
  if (status === 0) return new ApiError(0, 'OFFLINE');
  const { msg, data } = (body ?? {}) as Partial<Api['ErrorAnswer']>;
  if (!data?.error) return new ApiError(status, 'HTTP_ERROR');
  return new ApiError(status, data.error, msg ?? data.error, data.fields, data.details);
}

/** What to tell of anything that was thrown. Called when it is shown: at the start things fail before the texts are there. */
export function messageOf(error: unknown): string {
  if (!(error instanceof ApiError)) return t('common.error.unexpected', { status: '?' });
  if (error.isOffline) return t('common.error.offline');
  return error.message || t('common.error.unexpected', { status: error.status });
}
