export { CheckInMade, CheckInWithdrawn } from './check-in-events.js';
export { type CheckInTarget, CheckInTargets, READABLE_CHECK_IN } from './check-in-targets.js';
export { GroupAccess, type MemberContext, mayDo } from './group-access.js';
export type { GroupContext } from './group-context.js';
export { GroupCounters } from './group-counters.js';
export { GroupModule } from './group.module.js';
export { GroupRecountService } from './group-recount.service.js';
export { GroupService } from './group.service.js';
export { groupsRunBy, visibleGroups } from './visible-groups.js';
