import type { Language } from '../request/request-context.js';
import {
  ERROR_CATALOGUE,
  type ErrorEntry,
  type ErrorName,
  HTTP_REASONS,
  OTHER_REASON,
} from './error-codes.js';
import { fill, type Values } from '../validation/say.js';

export interface AppErrorExtra {
  /** Values of the placeholders in the message; `seconds` is known from `retryAfterSeconds`. */
  args?: Values;
  /** Facts for programs, answered as `data.details`. */
  data?: object;
  /** What is wrong with which field of the request, in the language of the request. */
  fields?: Record<string, string[]>;
  /** Why it happened; logged, never answered. */
  cause?: unknown;
  /** Answered as the `Retry-After` header; what is unavailable (503) is by default expected back in 5 seconds. */
  retryAfterSeconds?: number;
  /** Another status than the catalogue's; only HTTP_ERROR stands for several. */
  status?: number;
}

const BACK_SOON_SECONDS = 5;

/** A failure that the caller is told about: one cause of the catalogue. */
export class AppError extends Error {
  readonly code: number;
  readonly status: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly args: Values;
  readonly data?: object;
  readonly fields?: Record<string, string[]>;
  readonly retryAfterSeconds?: number;

  constructor(
    readonly error: ErrorName,
    extra: AppErrorExtra = {},
  ) {
    const entry: ErrorEntry = ERROR_CATALOGUE[error];
    const args = { ...(extra.retryAfterSeconds && { seconds: extra.retryAfterSeconds }), ...extra.args };
    const status = extra.status ?? entry.status;
    super(messageOf(error, status, args, 'en'), 'cause' in extra ? { cause: extra.cause } : undefined);
    this.name = 'AppError';
    this.code = entry.code;
    this.status = status;
    this.level = entry.level ?? 'info';
    this.args = args;
    this.data = extra.data;
    this.fields = extra.fields;
    this.retryAfterSeconds = extra.retryAfterSeconds ?? (status === 503 ? BACK_SOON_SECONDS : undefined);
  }

  messageIn(language: Language): string {
    return messageOf(this.error, this.status, this.args, language);
  }
}

export function appError(name: ErrorName, extra?: AppErrorExtra): AppError {
  return new AppError(name, extra);
}

function messageOf(error: ErrorName, status: number, args: Values, language: Language): string {
  const reason = (HTTP_REASONS[status] ?? OTHER_REASON)[language];
  return fill(ERROR_CATALOGUE[error][language], { reason, ...args });
}
