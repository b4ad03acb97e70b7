export { UserRefDto } from './dto/user-ref.dto.js';
export { MentionResolver } from './mention-resolver.js';
export { toUserRef, type UserRefRow } from './user-ref.js';
export { UserModule } from './user.module.js';
export { UserService } from './user.service.js';
