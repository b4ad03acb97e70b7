import { describe, expect, it } from 'vitest';
import { appError } from './app-error.js';
import { ERROR_CATALOGUE, type ErrorEntry, type ErrorName } from './error-codes.js';

const entries = Object.entries(ERROR_CATALOGUE) as [ErrorName, ErrorEntry][];
const holesOf = (text: string) => new Set(text.match(/\{\w+\}/g));

describe('error catalogue', () => {
  it('gives every cause a number of its own', () => {
    const codes = entries.map(([, { code }]) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each(entries)('tells %s in English and Chinese with the same values', (_name, { en, zh }) => {
    expect(en).toMatch(/^[A-Z].*\.$/);
    expect(zh).toMatch(/[\u4e00-\u9fff].*。$/);
    expect(holesOf(zh)).toEqual(holesOf(en));
  });

  it.each(entries)('answers %s with a status of a failure', (_name, { status }) => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });

  it('keeps the codes of the older systems', () => {
    const code = (name: ErrorName) => ERROR_CATALOGUE[name].code;
    expect(code('NO_PERMISSION')).toBe(10005);
    expect(code('NOT_LOGGED_IN')).toBe(10006);
    expect(code('TOKEN_INVALID')).toBe(10031);
    expect(code('TOKEN_EXPIRED')).toBe(10032);
    expect(code('BAD_PARAMETER')).toBe(11001);
    expect(code('INTERNAL')).toBe(15001);
    expect(code('HTTP_ERROR')).toBe(15002);
    expect(code('DATABASE_UNAVAILABLE')).toBe(15003);
    expect(code('CACHE_UNAVAILABLE')).toBe(15004);
  });
});

describe('AppError', () => {
  it('fills the values into the message of either language', () => {
    const error = appError('NOTE_TOO_SHORT', { args: { min: 10 } });
    expect(error.message).toBe('Please write at least 10 characters.');
    expect(error.messageIn('zh')).toBe('打卡内容至少需要 10 个字。');
  });

  it('knows the seconds of a message from retryAfterSeconds', () => {
    expect(appError('CODE_TOO_SOON', { retryAfterSeconds: 42 }).message).toContain('42 s');
  });

  it('says why a request is refused before any route sees it', () => {
    const error = appError('HTTP_ERROR', { status: 405 });
    expect(error.status).toBe(405);
    expect(error.messageIn('en')).toBe(
      'The request cannot be answered: this address does not support the method.',
    );
    expect(error.messageIn('zh')).toBe('无法处理该请求：该地址不支持此请求方法。');
  });

  it('keeps its cause apart from its message', () => {
    const cause = new Error('secret detail');
    const error = appError('INTERNAL', { cause });
    expect(error.cause).toBe(cause);
    expect(error.message).not.toContain('secret');
    expect(error.level).toBe('error');
  });
});
