import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** See `@CreatedOrOk()`. */
    createdOrOk?: boolean;
  }
}

/** A POST that may find its work done already: its result says `created`, and false is answered 200, not 201. */
export const CreatedOrOk = () => RouteConfig({ createdOrOk: true });

export function foundItDone({ routeOptions }: Pick<FastifyRequest, 'routeOptions'>, data: unknown): boolean {
  return (
    routeOptions.config.createdOrOk === true && (data as { created?: boolean } | null)?.created === false
  );
}
