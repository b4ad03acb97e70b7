export { CommunityModule } from './community.module.js';
export { CommunityRecountService } from './community-recount.service.js';
export { READABLE_COMMENT, READABLE_POST } from './readable.js';
