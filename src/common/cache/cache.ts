/**
 * Short-lived shared state: codes, attempts, revocations. Values are strings; every entry expires.
 * Any method fails with CACHE_UNAVAILABLE when the store behind it cannot be reached.
 */
export abstract class Cache {
  abstract get(key: string): Promise<string | null>;

  /** What `get` would answer, at once, when the entries are in this process; `undefined` when they are not. */
  peek(_key: string): string | null | undefined {
    return undefined;
  }

  /** @param ttlSeconds whole seconds, at least 1 */
  abstract set(key: string, value: string, ttlSeconds: number): Promise<void>;

  /** Sets the key only when it is absent; of parallel callers exactly one gets `true`. */
  abstract add(key: string, value: string, ttlSeconds: number): Promise<boolean>;

  /** `true` when the key was there; of parallel callers exactly one gets `true`. */
  abstract delete(key: string): Promise<boolean>;

  /** Counts from 1; the time to live starts with the first increment and is not prolonged. */
  abstract increment(key: string, ttlSeconds: number): Promise<number>;

  /** Fails when the store cannot be reached. */
  abstract ping(): Promise<void>;
}
