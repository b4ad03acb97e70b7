import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.js';
import { assertJsonLimits, MAX_DEPTH, MAX_KEYS } from './json-limits.js';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

function refusedField(input: unknown): string | undefined {
  try {
    assertJsonLimits(input);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return Object.keys((error as AppError).fields ?? {})[0];
  }
}

describe('limits of a body', () => {
  it('lets ordinary bodies pass', () => {
    for (const body of [undefined, null, 1, 'x', true, [], {}, { a: [{ b: null }] }, nested(MAX_DEPTH)])
      expect(refusedField(body)).toBeUndefined();
  });

  it('refuses one level too many, and thirty thousand', () => {
    expect(refusedField(nested(MAX_DEPTH + 1))).toBe('body');
    expect(refusedField(nested(30_000))).toBe('body');
    expect(refusedField(JSON.parse(`${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`))).toBe('body');
  });

  it('refuses one field or item too many, and fifty thousand, wherever they are', () => {
    const fields = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]));
    expect(refusedField(fields(MAX_KEYS))).toBeUndefined();
    expect(refusedField(fields(MAX_KEYS + 1))).toBe('body');
    expect(refusedField(fields(50_000))).toBe('body');
    expect(refusedField({ a: fields(600), b: Array.from({ length: 600 }, () => 1) })).toBe('body');
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])(
    'refuses a field named %s at any depth',
    (name) => {
      expect(refusedField(JSON.parse(`{"a":[{"${name}":{"isAdmin":true}}]}`))).toBe(name);
    },
  );
});
