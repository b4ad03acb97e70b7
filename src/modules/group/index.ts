export { GroupAccess, type MemberContext, mayDo } from './group-access.js';
export type { GroupContext } from './group-context.js';
export { GroupModule } from './group.module.js';
export { GroupRecountService } from './group-recount.service.js';
export { GroupService } from './group.service.js';
export { visibleGroups } from './visible-groups.js';
