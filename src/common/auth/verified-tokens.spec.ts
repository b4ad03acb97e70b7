import { expect, it } from 'vitest';
import { actorOf } from './actor.js';
import { VerifiedTokens } from './verified-tokens.js';

it('never holds more than twenty thousand tokens; the first to come is the first to go', () => {
  const tokens = new VerifiedTokens();
  const claims = { actor: actorOf({ id: 1, sessionId: 1, role: 'user' }), issuedAt: 0, expiresAt: 1 };
  for (let number = 0; number <= 20_000; number += 1) tokens.add(`token-${number}`, claims);
  expect(tokens.size).toBe(20_000);
  expect(tokens.get('token-0')).toBeUndefined();
  expect(tokens.get('token-20000')).toBe(claims);
});
