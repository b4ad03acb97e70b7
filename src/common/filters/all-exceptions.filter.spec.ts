import { type ArgumentsHost, Logger } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../database/database.js';
import { DatabaseError } from '../database/database-error.js';
import { MysqlDialect } from '../database/dialect/mysql.dialect.js';
import { appError } from '../errors/app-error.js';
import { AllExceptionsFilter } from './all-exceptions.filter.js';

const filter = new AllExceptionsFilter({ dialect: new MysqlDialect() } as unknown as Database);

function answer(thrown: unknown, url = '/api/v1/me?code=123456') {
  const reply = {
    sent: false,
    headers: {} as Record<string, unknown>,
    header: (name: string, value: unknown) => ((reply.headers[name] = value), reply),
    status: vi.fn(() => reply),
    type: () => reply,
    send: vi.fn(),
  };
  const request = { method: 'GET', url, id: 'r-1', context: { language: 'en' } };
  filter.catch(thrown, {
    switchToHttp: () => ({ getRequest: () => request, getResponse: () => reply }),
  } as unknown as ArgumentsHost);
  return reply;
}

describe('AllExceptionsFilter', () => {
  const logged: unknown[][] = [];

  beforeEach(() => {
    logged.length = 0;
    for (const level of ['error', 'warn', 'log'] as const) {
      vi.spyOn(Logger.prototype, level).mockImplementation((...args: unknown[]) => void logged.push(args));
    }
  });

  it('names the request without its query', () => {
    expect(answer(appError('USER_NOT_FOUND')).send).toHaveBeenCalledWith(
      expect.objectContaining({
        data: expect.objectContaining({ request: 'GET /api/v1/me', requestId: 'r-1' }),
      }),
    );
  });

  it('cuts a path that is longer than anything we have', () => {
    const [[body]] = answer(appError('USER_NOT_FOUND'), `/${'x'.repeat(5000)}`).send.mock.calls as [
      [{ data: { request: string } }],
    ];
    expect(body.data.request.length).toBeLessThan(400);
  });

  it('says in headers how to log in and when to come back', () => {
    expect(answer(appError('NOT_LOGGED_IN')).headers['www-authenticate']).toBe('Bearer');
    expect(answer(appError('RATE_LIMITED', { retryAfterSeconds: 7 })).headers['retry-after']).toBe(7);
  });

  it('logs what a client did wrong nowhere, and a mistake of ours once with its cause and request id', () => {
    answer(appError('GROUP_FULL'));
    expect(logged).toEqual([]);
    const cause = new TypeError('boom');
    answer(cause);
    expect(logged).toEqual([['INTERNAL', { err: cause, request: 'GET /api/v1/me', requestId: 'r-1' }]]);
  });

  it('never logs a statement or its parameters', () => {
    const driver = Object.assign(new Error("Duplicate entry '+8613800000001' for key 'uq_users_phone'"), {
      code: 'ER_DUP_ENTRY',
      errno: 1062,
      sqlState: '23000',
      sqlMessage: "Duplicate entry '+8613800000001' for key 'uq_users_phone'",
    });
    const reply = answer(new QueryFailedError('insert into users values (?)', ['+8613800000001'], driver));
    expect(reply.status).toHaveBeenCalledWith(500);
    const [[, { err }]] = logged as [[string, { err: unknown }]];
    expect(err).toBeInstanceOf(DatabaseError);
    const { message, stack } = err as DatabaseError;
    expect(JSON.stringify([message, stack, err])).not.toMatch(/13800000001|insert into/);
  });

  it('does not answer twice', () => {
    const reply = { sent: true, header: vi.fn(), status: vi.fn(), send: vi.fn() };
    filter.catch(appError('USER_NOT_FOUND'), {
      switchToHttp: () => ({
        getRequest: () => ({ method: 'GET', url: '/', id: 'r', context: { language: 'en' } }),
        getResponse: () => reply,
      }),
    } as unknown as ArgumentsHost);
    expect(reply.send).not.toHaveBeenCalled();
  });
});
