import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.js';
import { type CursorShape, decodeCursor, encodeCursor, toPage } from './pagination.js';

const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function refusal(cursor: string, shape: CursorShape[]): unknown {
  try {
    return decodeCursor(cursor, shape);
  } catch (error) {
    return error instanceof AppError ? [error.error, Object.keys(error.fields ?? {})] : error;
  }
}

describe('cursors', () => {
  it('give back what was put in', () => {
    const at = '2026-01-31T08:00:00.123Z';
    const cursor = encodeCursor([7, '晨跑', at, '2026-01-31', null]);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor(cursor, ['number', 'string', 'instant', 'day', 'number?'])).toEqual([
      7,
      '晨跑',
      new Date(at),
      '2026-01-31',
      null,
    ]);
  });

  it.each<[string, string, CursorShape[]]>([
    ['no base64url', 'a b', ['number']],
    ['no JSON', Buffer.from('{').toString('base64url'), ['number']],
    ['empty', '', ['number']],
    ['no list', cursorOf({ id: 1 }), ['number']],
    ['too few values', cursorOf([]), ['number']],
    ['too many values', cursorOf([1, 2]), ['number']],
    ['a text for a number', cursorOf(['1']), ['number']],
    ['an object for a text', cursorOf([{ a: 1 }]), ['string']],
    ['null where there is none', cursorOf([null]), ['number']],
    ['NUL in a text', cursorOf(['a\0']), ['string']],
    ['half a character', cursorOf(['\ud800']), ['string']],
    ['no instant', cursorOf(['2026-13-41T00:00:00.000Z']), ['instant']],
    ['a local time', cursorOf(['2026-01-31T08:00:00']), ['instant']],
    ['no day', cursorOf(['2026-1-1']), ['day']],
    ['a day that does not exist', cursorOf(['2026-02-30']), ['day']],
    ['too long', cursorOf(['x'.repeat(2000)]), ['string']],
  ])('are refused with the name of the field: %s', (_what, cursor, shape) => {
    expect(refusal(cursor, shape)).toEqual(['BAD_PARAMETER', ['cursor']]);
  });

  it('of any text at all are read or refused, never worse', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json({ maxDepth: 2 }).map((text) => Buffer.from(text).toString('base64url')),
        ),
        (text) => Array.isArray(refusal(text, ['number', 'string?'])),
      ),
    );
  });
});

describe('toPage', () => {
  const rows = [1, 2, 3];

  it('cuts the row too many and points behind the last one kept', () => {
    expect(toPage(rows, 2, String)).toEqual({ items: [1, 2], nextCursor: '2' });
  });

  it('ends when there was no row too many', () => {
    expect(toPage(rows, 3, String)).toEqual({ items: rows, nextCursor: null });
    expect(toPage([], 3, String)).toEqual({ items: [], nextCursor: null });
  });
});
