import { describe, expect, it } from 'vitest';
import { claimsOf, tokenOf } from './access-token.js';

describe('tokenOf', () => {
  it.each([
    [{ authorization: 'Bearer abc' }, 'abc'],
    [{ authorization: 'bearer abc' }, 'abc'],
    [{ authorization: 'BEARER  abc ' }, 'abc'],
    [{ authorization: 'jwt abc' }, 'abc'],
    [{ authorization: 'JWT abc' }, 'abc'],
    [{ tsessionid: 'abc' }, 'abc'],
    [{ tsessionid: ' abc ' }, 'abc'],
    [{ authorization: 'Bearer abc', tsessionid: 'def' }, 'abc'],
    [{ authorization: 'Basic dTpw', tsessionid: 'def' }, 'def'],
  ])('finds the token in %j', (headers, token) => expect(tokenOf({ headers })).toBe(token));

  it.each([
    {},
    { authorization: '' },
    { authorization: 'Bearer' },
    { authorization: 'Bearer ' },
    { authorization: 'abc' },
    { authorization: 'Bearer a b' },
    { authorization: 'Basic dTpw' },
    { tsessionid: '' },
    { tsessionid: ['a', 'b'] },
  ])('finds none in %j', (headers) => expect(tokenOf({ headers })).toBeNull());
});

describe('claimsOf', () => {
  const payload = { sub: '42', sid: 7, role: 'moderator', iat: 1_767_225_600.123, exp: 1_767_226_500.123 };

  it('makes an actor with the scopes of his role', () => {
    const claims = claimsOf(payload);
    expect(claims).toMatchObject({
      actor: { id: 42, sessionId: 7, role: 'moderator' },
      issuedAt: 1_767_225_600_123,
      expiresAt: 1_767_226_500_123,
    });
    expect([...claims!.actor.scopes]).toEqual(['group:moderate', 'content:moderate']);
  });

  it.each([
    { sub: undefined },
    { sub: '' },
    { sub: 'me' },
    { sub: '-1' },
    { sub: '1e30' },
    { sid: '7' },
    { sid: 0 },
    { role: 'owner' },
    { role: 'constructor' },
    { iat: undefined },
    { exp: undefined },
    { exp: 'x' },
  ])('takes no payload with %j', (wrong) => expect(claimsOf({ ...payload, ...wrong })).toBeNull());
});
