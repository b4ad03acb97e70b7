import type { Actor } from '../../common/auth/actor.js';
import { actorCan } from '../../common/auth/role.js';
import type { SqlValue } from '../../common/database/database.js';

/**
 * The visibility rule for lists, as a condition on a row of `group_info`: public, or the actor's own, or the actor
 * sees every group. `GroupAccess` is the same rule for one group.
 */
export function visibleGroups(actor: Actor, alias = 'g'): { sql: string; params: SqlValue[] } {
  const exists = `${alias}.dissolved_at is null`;
  if (actorCan(actor, 'group:moderate')) return { sql: exists, params: [] };
  const member = `exists (select 1 from memberships vm where vm.group_id = ${alias}.id and vm.user_id = ? and vm.active = ?)`;
  return { sql: `${exists} and (${alias}.visibility = 'public' or ${member})`, params: [actor.id, true] };
}

/** Likewise: the actor decides who comes in. */
export function groupsRunBy(actor: Actor, alias = 'g'): { sql: string; params: SqlValue[] } {
  const exists = `${alias}.dissolved_at is null`;
  if (actorCan(actor, 'group:moderate')) return { sql: exists, params: [] };
  const runs = `exists (select 1 from memberships vm where vm.group_id = ${alias}.id and vm.user_id = ?
    and vm.active = ? and vm.role in ('owner', 'admin'))`;
  return { sql: `${exists} and ${runs}`, params: [actor.id, true] };
}
