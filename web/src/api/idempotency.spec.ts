import { expect, it } from 'vitest';
import { newIntent, newKey } from './idempotency';

it('keys differ and are long enough to be nobody else’s', () => {
  const keys = Array.from({ length: 1_000 }, newKey);
  expect(new Set(keys).size).toBe(1_000);
  expect(keys.every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
});

it('the same body has the same key until it is done, another body another', () => {
  const intent = newIntent();
  const first = intent.keyOf({ body: 'Hello' });
  expect(intent.keyOf({ body: 'Hello' })).toBe(first);
  const changed = intent.keyOf({ body: 'Hello!' });
  expect(changed).not.toBe(first);
  expect(intent.keyOf({ body: 'Hello!' })).toBe(changed);
  intent.done();
  expect(intent.keyOf({ body: 'Hello!' })).not.toBe(changed);
});
