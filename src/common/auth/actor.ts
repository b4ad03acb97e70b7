import { type Role, ROLE_SCOPES, type Scope } from './role.js';

/** Whoever sends the request, as the verified token tells. */
export interface Actor {
  readonly id: number;
  readonly sessionId: number;
  readonly role: Role;
  readonly scopes: ReadonlySet<Scope>;
}

export function actorOf({ id, sessionId, role }: Omit<Actor, 'scopes'>): Actor {
  return { id, sessionId, role, scopes: ROLE_SCOPES[role] };
}
