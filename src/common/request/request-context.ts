import type {} from 'fastify';
import { AsyncLocalStorage } from 'node:async_hooks';

export type Language = 'en' | 'zh';

/** What everything that runs for a request may know about it without being passed it. */
export interface RequestContext {
  readonly requestId: string;
  readonly language: Language;
  /** The caller's address; behind a trusted proxy the one the proxy forwards. */
  readonly address: string;
  /** Set by the guard once the token is verified. */
  actorId?: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The request's context; also there where the asynchronous one is lost (parsers, error handlers). */
    context: RequestContext;
  }
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The context of the running request; undefined outside of requests (start, commands, timers). */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}

export function runInRequest<T>(context: RequestContext, fn: () => T): T {
  return storage.run(context, fn);
}
