export { GroupModule } from './group.module.js';
export { GroupService } from './group.service.js';
