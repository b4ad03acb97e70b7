import type { Redis } from 'ioredis';
import { appError } from '../errors/app-error.js';
import { Cache } from './cache.js';

/** INCR and EXPIRE in one step: a crash between the two would leave a counter that never expires. */
const INCREMENT = `local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return n`;

export class RedisCache extends Cache {
  constructor(
    private readonly redis: Redis,
    private readonly prefix = 'higroup:',
  ) {
    super();
  }

  get(key: string): Promise<string | null> {
    return this.reach(this.redis.get(this.prefix + key));
  }

  async set(key: string, value: string, ttlSeconds: number): Promise<void> {
    await this.reach(this.redis.set(this.prefix + key, value, 'EX', ttlSeconds));
  }

  async add(key: string, value: string, ttlSeconds: number): Promise<boolean> {
    return (await this.reach(this.redis.set(this.prefix + key, value, 'EX', ttlSeconds, 'NX'))) === 'OK';
  }

  async delete(key: string): Promise<boolean> {
    return (await this.reach(this.redis.del(this.prefix + key))) === 1;
  }

  async increment(key: string, ttlSeconds: number): Promise<number> {
    return Number(await this.reach(this.redis.eval(INCREMENT, 1, this.prefix + key, ttlSeconds)));
  }

  async ping(): Promise<void> {
    await this.reach(this.redis.ping());
  }

  private async reach<T>(reply: Promise<T>): Promise<T> {
    try {
      return await reply;
    } catch (cause) {
      throw appError('CACHE_UNAVAILABLE', { cause });
    }
  }
}
