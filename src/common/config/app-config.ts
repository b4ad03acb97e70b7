import { type AuthConfig, authConfig } from './auth.config.js';
import { databaseConfig } from './database.config.js';
import type { DatabaseConfig } from '../database/database-config.js';
import { type HttpConfig, httpConfig } from './http.config.js';
import { type JobsConfig, jobsConfig } from './jobs.config.js';
import { type LiveConfig, liveConfig } from './live.config.js';
import { type LogConfig, logConfig } from './log.config.js';
import { type RateLimitConfig, rateLimitConfig } from './rate-limit.config.js';
import { type RedisConfig, redisConfig } from './redis.config.js';
import { type SmsConfig, smsConfig } from './sms.config.js';
import { keptSecret } from './token-secret.js';
import type { Environment } from './topics.js';
import { type UploadConfig, uploadConfig } from './upload.config.js';

/** The whole configuration, one object per topic; injectable. Made by `loadConfig`. */
export class AppConfig {
  readonly env: 'development' | 'test' | 'production';
  readonly dataDir: string;
  readonly http: HttpConfig;
  readonly database: DatabaseConfig;
  readonly migrateOnStart: boolean;
  readonly redis: RedisConfig;
  readonly jobs: JobsConfig;
  readonly live: LiveConfig;
  readonly log: LogConfig;
  readonly auth: AuthConfig;
  readonly sms: SmsConfig;
  readonly upload: UploadConfig;
  readonly rateLimit: RateLimitConfig;

  /** @param warnings what would have stopped a start in production, for the log */
  constructor(
    env: Environment,
    readonly warnings: readonly string[],
  ) {
    this.env = env.NODE_ENV;
    this.dataDir = env.DATA_DIR;
    this.http = httpConfig(env);
    this.database = databaseConfig(env);
    this.migrateOnStart = env.MIGRATE_ON_START;
    this.redis = redisConfig(env);
    this.jobs = jobsConfig(env);
    this.live = liveConfig(env);
    this.log = logConfig(env);
    this.auth = authConfig(env, env.TOKEN_SECRET ?? keptSecret(env.DATA_DIR));
    this.sms = smsConfig(env);
    this.upload = uploadConfig(env);
    this.rateLimit = rateLimitConfig(env);
  }
}
