import type { IncomingHttpHeaders } from 'node:http';
import { type Actor, actorOf } from './actor.js';
import { type Role, ROLES } from './role.js';

/** What a verified access token says. */
export interface AccessClaims {
  readonly actor: Actor;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  /** Epoch milliseconds; from this instant on the token is expired. */
  readonly expiresAt: number;
}

const SCHEME = /^(?:bearer|jwt) +(\S+) *$/i;

/**
 * The access token of a request: `Authorization: Bearer <token>`, or as the older systems' clients spell it,
 * `Authorization: jwt <token>` or `tsessionid: <token>`.
 */
export function tokenOf(request: { headers: IncomingHttpHeaders }): string | null {
  const { authorization, tsessionid } = request.headers;
  const token = authorization && SCHEME.exec(authorization)?.[1];
  return token || (typeof tsessionid === 'string' && tsessionid.trim()) || null;
}

/** The claims of a payload whose signature, issuer and audience have been checked; null when they are not ours. */
export function claimsOf(payload: Record<string, unknown>): AccessClaims | null {
  const id = Number(payload.sub);
  const { sid, role, iat, exp } = payload;
  if (!isId(id) || !isId(sid) || !isRole(role) || !isInstant(iat) || !isInstant(exp)) return null;
  return {
    actor: actorOf({ id, sessionId: sid, role }),
    issuedAt: Math.round(iat * 1000),
    expiresAt: Math.round(exp * 1000),
  };
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isRole(value: unknown): value is Role {
  return ROLES.includes(value as Role);
}

function isInstant(value: unknown): value is number {
  return Number.isFinite(value);
}
