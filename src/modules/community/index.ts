export { CommunityModule } from './community.module.js';
export { READABLE_COMMENT, READABLE_POST } from './readable.js';
