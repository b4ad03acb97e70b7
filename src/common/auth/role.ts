export const ROLES = ['user', 'moderator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What a role may do across all groups; rights inside one group come from the membership. */
export type Scope = 'group:moderate' | 'content:moderate' | 'business-log:read' | 'user:assign-role';

export const ROLE_SCOPES: Readonly<Record<Role, ReadonlySet<Scope>>> = {
  user: new Set(),
  moderator: new Set(['group:moderate', 'content:moderate']),
  admin: new Set(['group:moderate', 'content:moderate', 'business-log:read', 'user:assign-role']),
};

export function actorCan(actor: { readonly scopes: ReadonlySet<Scope> }, scope: Scope): boolean {
  return actor.scopes.has(scope);
}
