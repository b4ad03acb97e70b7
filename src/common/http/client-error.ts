import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type AppError, appError } from '../errors/app-error.js';
import { toErrorBody } from '../filters/to-error-body.js';

const STATUS: Record<string, number> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/**
 * Answers what is not even HTTP. Such a message never becomes a request: no hook, no filter, no method and
 * path; so the envelope is written to the socket by hand.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  answerByHand(socket, appError('HTTP_ERROR', { status: STATUS[error.code ?? ''] ?? 400 }));
}

/** Answers on a connection that is no longer in the hands of HTTP, and ends it. */
export function answerByHand(socket: Duplex, error: AppError): void {
  const requestId = randomUUID();
  const body = JSON.stringify(toErrorBody(error, { request: '', requestId, language: 'en' }));
  socket.end(
    [
      `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
      'Connection: close',
      'Cache-Control: no-store',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      ...(error.retryAfterSeconds === undefined ? [] : [`Retry-After: ${error.retryAfterSeconds}`]),
      '',
      body,
    ].join('\r\n'),
  );
}
