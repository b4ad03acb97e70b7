import { appError } from '../errors/app-error.js';
import { say } from '../validation/say.js';
import { isCursor } from '../validation/is-cursor.js';
import { isDay } from '../validation/is-day.js';

/** A page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

interface CursorTypes {
  string: string;
  number: number;
  /** A Date; encoded as an ISO text. */
  instant: Date;
  /** 'YYYY-MM-DD'. */
  day: string;
}

/** What one value of a cursor is; `?` admits null. */
export type CursorShape = keyof CursorTypes | `${keyof CursorTypes}?`;

type CursorValue<S> = S extends `${infer K extends keyof CursorTypes}?`
  ? CursorTypes[K] | null
  : S extends keyof CursorTypes
    ? CursorTypes[S]
    : never;

/** Where a list goes on: the sort key of the last row, opaque to the client. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The values of a cursor; BAD_PARAMETER when it is not one of ours or of another list. */
export function decodeCursor<const S extends readonly CursorShape[]>(
  cursor: string,
  shape: S,
): { -readonly [K in keyof S]: CursorValue<S[K]> } {
  const values = parse(cursor);
  if (!Array.isArray(values) || values.length !== shape.length) throw badCursor();
  return shape.map((kind, index) => valueOf(kind, values[index])) as {
    -readonly [K in keyof S]: CursorValue<S[K]>;
  };
}

/** The page of rows of which one more than `limit` was fetched, to know whether there are more. */
export function toPage<T>(rows: readonly T[], limit: number, cursorOf: (last: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

function parse(cursor: string): unknown {
  if (!isCursor(cursor)) throw badCursor();
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw badCursor();
  }
}

function valueOf(kind: CursorShape, value: unknown): string | number | Date | null {
  if (kind.endsWith('?')) {
    if (value === null) return null;
    kind = kind.slice(0, -1) as CursorShape;
  }
  if (kind === 'number') {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
  } else if (typeof value === 'string' && !/[\0\p{Surrogate}]/u.test(value)) {
    if (kind === 'string') return value;
    if (kind === 'day' && isDay(value)) return value;
    if (kind === 'instant' && isInstant(value)) return new Date(value);
  }
  throw badCursor();
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** Also for cursors whose values fit but belong to another order of the list. */
export function badCursor() {
  return appError('BAD_PARAMETER', {
    fields: { cursor: [say('is not a cursor of this list', '不是该列表的有效游标')] },
  });
}
