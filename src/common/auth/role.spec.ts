import { expect, it } from 'vitest';
import { actorOf } from './actor.js';
import { actorCan, type Role, ROLES, type Scope } from './role.js';

const SCOPES: Scope[] = ['group:moderate', 'business-log:read', 'user:assign-role'];

it.each<[Role, boolean[]]>([
  ['user', [false, false, false]],
  ['moderator', [true, false, false]],
  ['admin', [true, true, true]],
])('a %s may do what the role says and no more', (role, may) => {
  const actor = actorOf({ id: 1, sessionId: 1, role });
  expect(SCOPES.map((scope) => actorCan(actor, scope))).toEqual(may);
});

it('every role has its scopes', () => {
  expect(ROLES.every((role) => actorOf({ id: 1, sessionId: 1, role }).scopes instanceof Set)).toBe(true);
});
