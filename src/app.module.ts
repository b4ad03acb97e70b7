import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AuthModule } from './common/auth/auth.module.js';
import { JwtAuthGuard } from './common/auth/jwt-auth.guard.js';
import { CacheModule } from './common/cache/cache.module.js';
import { AppConfig } from './common/config/app-config.js';
import type { Entities } from './common/database/data-source.js';
import { DatabaseModule } from './common/database/database.module.js';
import { migrations } from './common/database/migrations/index.js';
import { DomainEvents } from './common/events/domain-events.js';
import { AllExceptionsFilter } from './common/filters/all-exceptions.filter.js';
import type { WebClient } from './common/http/web-client.js';
import { HealthModule } from './common/health/health.module.js';
import { IdempotencyKey } from './common/idempotency/idempotency-key.entity.js';
import { IdempotencyModule } from './common/idempotency/idempotency.module.js';
import { Job } from './common/jobs/job.entity.js';
import { JobsModule } from './common/jobs/jobs.module.js';
import { BusinessLogEntry } from './common/logging/business-log.entity.js';
import { BusinessLogController } from './common/logging/business-log.controller.js';
import { BusinessLog } from './common/logging/business-log.js';
import { RateLimitGuard } from './common/rate-limit/rate-limit.guard.js';
import { RateLimitModule } from './common/rate-limit/rate-limit.module.js';
import { Lifecycle } from './common/shutdown/lifecycle.js';
import { Clock, SystemClock } from './common/time/clock.js';
import { UndeclaredInputGuard } from './common/validation/undeclared-input.guard.js';
import { validationPipe } from './common/validation/validation.pipe.js';
import { communityEntities } from './modules/community/community.entities.js';
import { CommunityModule } from './modules/community/index.js';
import { groupEntities } from './modules/group/group.entities.js';
import { GroupModule } from './modules/group/index.js';
import { MessageModule } from './modules/message/index.js';
import { messageEntities } from './modules/message/message.entities.js';
import { QuestionModule } from './modules/question/index.js';
import { questionEntities } from './modules/question/question.entities.js';
import { UploadModule } from './modules/upload/index.js';
import { uploadEntities } from './modules/upload/upload.entities.js';
import { UserModule } from './modules/user/index.js';
import { userEntities } from './modules/user/user.entities.js';

/** Every table's entity, of every module. */
export const entities: Entities = [
  IdempotencyKey,
  BusinessLogEntry,
  Job,
  ...userEntities,
  ...uploadEntities,
  ...groupEntities,
  ...communityEntities,
  ...questionEntities,
  ...messageEntities,
];

/** The parts of the product. */
const modules: Type[] = [
  HealthModule,
  UserModule,
  UploadModule,
  GroupModule,
  CommunityModule,
  QuestionModule,
  MessageModule,
];

export interface Overrides {
  /** Instead of the system's; for tests and demo data. */
  clock?: Clock;
  /** Further modules, such as a test's own controllers. */
  modules?: Type[];
  /** The built client, which is then served beside the API. */
  web?: WebClient;
}

/** What everything may ask for. */
@Global()
@Module({})
class CoreModule {
  static forRoot(config: AppConfig, clock: Clock): DynamicModule {
    return {
      module: CoreModule,
      controllers: [BusinessLogController],
      providers: [
        { provide: AppConfig, useValue: config },
        { provide: Clock, useValue: clock },
        Lifecycle,
        BusinessLog,
        DomainEvents,
      ],
      exports: [AppConfig, Clock, Lifecycle, BusinessLog, DomainEvents],
    };
  }
}

@Module({})
export class AppModule {
  static forRoot(config: AppConfig, overrides: Overrides = {}): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CoreModule.forRoot(config, overrides.clock ?? new SystemClock()),
        DatabaseModule.forRoot(config.database, entities, migrations, {
          migrateFirst: config.migrateOnStart,
        }),
        CacheModule,
        RateLimitModule,
        AuthModule,
        JobsModule,
        IdempotencyModule,
        ...modules,
        ...(overrides.modules ?? []),
      ],
      providers: [
        // In this order: who is it, how often does he come, does he send what nobody asked for.
        { provide: APP_GUARD, useExisting: JwtAuthGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_GUARD, useClass: UndeclaredInputGuard },
        { provide: APP_PIPE, useValue: validationPipe },
        { provide: APP_FILTER, useClass: AllExceptionsFilter },
      ],
    };
  }
}
