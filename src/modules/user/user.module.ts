import { Global, Module } from '@nestjs/common';
import { SessionCheck } from '../../common/auth/session-check.js';
import { AppConfig } from '../../common/config/app-config.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { MentionResolver } from './mention-resolver.js';
import { PasswordHasher } from './password-hasher.js';
import { RefreshCookie } from './refresh-cookie.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';
import { ConsoleSmsSender } from './sms/console.sender.js';
import { SmsSender } from './sms/sms-sender.js';
import { YunpianSmsSender } from './sms/yunpian.sender.js';
import { SmsCodeService } from './sms-code.service.js';
import { UserController } from './user.controller.js';
import { UserJobs } from './user.jobs.js';
import { UserRepository } from './user.repository.js';
import { UserService } from './user.service.js';

/** Global for the guard's sake, which asks `SessionCheck`; other modules import it by name all the same. */
@Global()
@Module({
  controllers: [AuthController, UserController],
  providers: [
    AuthService,
    UserService,
    UserJobs,
    SessionService,
    SmsCodeService,
    { provide: SessionCheck, useExisting: SessionService },
    RefreshCookie,
    PasswordHasher,
    MentionResolver,
    UserRepository,
    SessionRepository,
    {
      provide: SmsSender,
      useFactory: (config: AppConfig) =>
        config.sms.sender === 'yunpian' ? new YunpianSmsSender(config) : new ConsoleSmsSender(),
      inject: [AppConfig],
    },
  ],
  exports: [UserService, MentionResolver, SessionCheck],
})
export class UserModule {}
