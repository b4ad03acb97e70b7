import type { Language } from '../request/request-context.js';
import { toAppError } from './to-app-error.js';

/** What every failure looks like. */
export interface ErrorBody {
  code: number;
  msg: string;
  data: {
    error: string;
    /** Method and path, without the query. */
    request: string;
    requestId: string;
    fields?: Record<string, string[]>;
    details?: object;
  };
}

export interface ErrorContext {
  request: string;
  requestId: string;
  language: Language;
}

export function toErrorBody(thrown: unknown, { request, requestId, language }: ErrorContext): ErrorBody {
  const error = toAppError(thrown);
  return {
    code: error.code,
    msg: error.messageIn(language),
    data: {
      error: error.error,
      request,
      requestId,
      ...(error.fields && { fields: error.fields }),
      ...(error.data && { details: error.data }),
    },
  };
}
