export { GroupModule } from './group.module.js';
export { GroupRecountService, type RecountedTable } from './group-recount.service.js';
export { GroupService } from './group.service.js';
