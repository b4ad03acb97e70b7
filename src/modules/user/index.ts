export { UserModule } from './user.module.js';
export { UserService } from './user.service.js';
export { PasswordHasher } from './password-hasher.js';
export { SmsSender } from './sms/sms-sender.js';
