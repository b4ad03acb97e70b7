import {
  BadRequestException,
  ForbiddenException,
  HttpException,
  NotFoundException,
  UnauthorizedException,
} from '@nestjs/common';
import { errorCodes } from 'fastify';
import { describe, expect, it } from 'vitest';
import { ConcurrentWriteError, DatabaseError, type DatabaseErrorKind } from '../database/database-error.js';
import { appError } from '../errors/app-error.js';
import { toAppError } from './to-app-error.js';
import { toErrorBody } from './to-error-body.js';

const context = { request: 'GET /api/v1/me', requestId: 'r-1', language: 'en' } as const;
const causeOf = (thrown: unknown) => {
  const { error, status } = toAppError(thrown);
  return [error, status];
};
const databaseError = (kind: DatabaseErrorKind) => new DatabaseError({ kind, code: 'X' });

describe('toErrorBody', () => {
  it('has the code, the message, the cause, the request and its id', () => {
    expect(toErrorBody(appError('GROUP_FULL'), context)).toEqual({
      code: 30102,
      msg: 'This group is full.',
      data: { error: 'GROUP_FULL', request: 'GET /api/v1/me', requestId: 'r-1' },
    });
  });

  it('speaks Chinese to whoever asks for it, with the same code and cause', () => {
    const body = toErrorBody(appError('GROUP_FULL'), { ...context, language: 'zh' });
    expect(body).toMatchObject({ code: 30102, msg: '群组人数已满。', data: { error: 'GROUP_FULL' } });
  });

  it('names the fields and the facts', () => {
    const error = appError('BAD_PARAMETER', { fields: { name: ['must not be empty'] }, data: { limit: 3 } });
    expect(toErrorBody(error, context).data).toMatchObject({
      fields: { name: ['must not be empty'] },
      details: { limit: 3 },
    });
  });

  it('tells nothing of an error nobody foresaw', () => {
    const body = toErrorBody(new TypeError("Cannot read properties of undefined (reading 'phone')"), context);
    expect(body).toEqual({
      code: 15001,
      msg: 'Something went wrong on our side. Please try again later.',
      data: { error: 'INTERNAL', request: 'GET /api/v1/me', requestId: 'r-1' },
    });
  });

  it('carries a field named __proto__ as a field', () => {
    const error = appError('BAD_PARAMETER', { fields: Object.fromEntries([['__proto__', ['no']]]) });
    expect(JSON.stringify(toErrorBody(error, context))).toContain('"__proto__":["no"]');
  });
});

describe('toAppError', () => {
  it('keeps the status of an exception of Nest', () => {
    expect(causeOf(new UnauthorizedException())).toEqual(['NOT_LOGGED_IN', 401]);
    expect(causeOf(new ForbiddenException())).toEqual(['NO_PERMISSION', 403]);
    expect(causeOf(new BadRequestException('x'))).toEqual(['BAD_PARAMETER', 400]);
    expect(causeOf(new NotFoundException('Cannot GET /x'))).toEqual(['HTTP_ERROR', 404]);
    expect(causeOf(new HttpException('x', 418))).toEqual(['HTTP_ERROR', 418]);
    expect(causeOf(new HttpException('x', 503))).toEqual(['OVERLOADED', 503]);
    expect(causeOf(new HttpException('x', 502))).toEqual(['INTERNAL', 500]);
  });

  it.each([
    ['body', new errorCodes.FST_ERR_CTP_INVALID_CONTENT_LENGTH()],
    ['path', new errorCodes.FST_ERR_BAD_URL('/%zz')],
  ])('blames the %s for what is malformed, also as Nest wraps it', (field, cause) => {
    const fields = { [field]: [expect.stringMatching(/^must be /)] };
    for (const thrown of [cause, new HttpException(cause.message, cause.statusCode!, { cause })])
      expect(toAppError(thrown)).toMatchObject({ error: 'BAD_PARAMETER', status: 400, fields });
  });

  it('keeps the statuses of Fastify', () => {
    expect(causeOf(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())).toEqual(['HTTP_ERROR', 413]);
    expect(causeOf(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE('text/plain'))).toEqual(['HTTP_ERROR', 415]);
    expect(causeOf(new errorCodes.FST_ERR_MAX_PARAM_LENGTH('/x'))).toEqual(['HTTP_ERROR', 414]);
    expect(causeOf(new errorCodes.FST_ERR_SEND_UNDEFINED_ERR())).toEqual(['INTERNAL', 500]);
  });

  it('answers 503 when the database cannot be reached, and says when to come back', () => {
    expect(toAppError(databaseError('unavailable'))).toMatchObject({
      error: 'DATABASE_UNAVAILABLE',
      status: 503,
      retryAfterSeconds: 5,
    });
  });

  it('answers 409 when writes kept getting in each other’s way', () => {
    expect(causeOf(databaseError('retry'))).toEqual(['CONFLICT_RETRY', 409]);
    expect(causeOf(new ConcurrentWriteError())).toEqual(['CONFLICT_RETRY', 409]);
  });

  it.each(['duplicate', 'foreignKey', 'other'] as const)(
    'takes a %s that no service foresaw for a mistake of ours',
    (kind) => {
      expect(causeOf(databaseError(kind))).toEqual(['INTERNAL', 500]);
    },
  );

  it.each([undefined, null, 'text', 7, {}, { statusCode: 400 }])('survives %j being thrown', (thrown) => {
    expect(causeOf(thrown)).toEqual(['INTERNAL', 500]);
  });
});
