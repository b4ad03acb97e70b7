import { RouteConfig } from '@nestjs/platform-fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Seconds for which anybody may keep the answer. */
    publicCacheSeconds?: number;
  }
}

/**
 * For public reads that are the same for everybody: they may be kept for `seconds`, then asked for again with their
 * ETag and answered with an empty 304 if nothing changed. Every other answer of the API is `no-store`.
 */
export const PublicCache = (seconds: number) => RouteConfig({ publicCacheSeconds: seconds });
