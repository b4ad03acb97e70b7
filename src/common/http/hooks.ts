import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../logging/logger.js';
import { appError } from '../errors/app-error.js';
import { addressKey } from '../rate-limit/address-key.js';
import { within } from '../rate-limit/rate-limit.guard.js';
import type { RateLimitService } from '../rate-limit/rate-limit.service.js';
import { languageOf } from '../request/language.js';
import { currentRequest, runInRequest } from '../request/request-context.js';
import type { Lifecycle } from '../shutdown/lifecycle.js';
import { say } from '../validation/say.js';
import { AllowedMethods } from './allowed-methods.js';
import { plainAddress } from './client-address.js';
import type { SecurityHeaders } from './security-headers.js';
import { isPage, sendPage, type WebClient } from './web-client.js';

interface Parts {
  headers: SecurityHeaders;
  limits: RateLimitService;
  lifecycle: Lifecycle;
  logger: Logger;
  web: WebClient | undefined;
}

/** What begins every request, before anything that may answer it. */
export function addFirstHook(
  server: FastifyInstance,
  { headers, lifecycle }: Pick<Parts, 'headers' | 'lifecycle'>,
): void {
  server.addHook('onRequest', (request, reply, done) => {
    lifecycle.requestBegins(request.raw.socket);
    openRequest(request, reply, request.url.startsWith('/docs') ? headers.docs : headers.api);
    runInRequest(request.context, done);
  });
}

/** What happens to every request before and after its route. All of it is synchronous but the count of the address. */
export function addHooks(server: FastifyInstance, { headers, limits, lifecycle, logger, web }: Parts): void {
  const allowedMethods = new AllowedMethods();
  server.addHook('onRoute', ({ url, method }) => allowedMethods.add(url, method));

  server.addHook('onRequest', (request, reply, done) => {
    // Whoever watches the process must not be counted out, nor a household or an office by the client's many files.
    const { url } = request;
    if (url.startsWith('/health/') || (url.startsWith('/assets/') && !request.is404)) return done();
    const passed = within(limits.count('address', addressKey(request.context.address)), reply, done);
    if (passed instanceof Promise) passed.catch(done);
  });

  server.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    if (web && isPage(request)) return sendPage(reply, web, headers);
    const methods = allowedMethods.of(request.url);
    if (methods === undefined) return done();
    reply.header('allow', methods);
    done(appError('HTTP_ERROR', { status: 405 }));
  });

  server.addHook('onRequest', (request, _reply, done) => {
    if (isWellFormed(request.url)) return done();
    const message = say('must be percent-encoded UTF-8', '必须是百分号编码的 UTF-8');
    done(appError('BAD_PARAMETER', { fields: { query: [message] } }));
  });

  // Node emits a body's chunks outside of the asynchronous context the request began in.
  server.addHook('preValidation', (request, _reply, done) => {
    if (currentRequest() === request.context) done();
    else runInRequest(request.context, done);
  });

  server.addHook('onSend', (request, reply, payload, done) => {
    if (lifecycle.closing) reply.header('connection', 'close');
    const seconds = request.routeOptions.config.publicCacheSeconds;
    if (reply.statusCode >= 400 || !(seconds !== undefined || reply.hasHeader('cache-control'))) {
      reply.header('cache-control', 'no-store');
    } else if (seconds !== undefined && typeof payload === 'string') {
      return done(null, revalidated(request, reply, payload, seconds));
    }
    done(null, payload);
  });

  server.addHook('onResponse', (request, reply, done) => {
    lifecycle.requestEnds(request.raw.socket);
    logRequest(logger, request, reply);
    done();
  });
}

/** The router has seen to the path; what it cannot decode of a query it would hand on undecoded. */
function isWellFormed(url: string): boolean {
  const query = url.indexOf('?');
  if (query === -1 || !url.includes('%', query)) return true;
  try {
    decodeURIComponent(url.slice(query));
    return true;
  } catch {
    return false;
  }
}

/** The route of every page of the client's. Their addresses may hold what is not for a log: the token of an invite. */
const PAGES = '/*';

/** The one line of a request. */
export function logRequest(logger: Logger, request: FastifyRequest, reply: FastifyReply): void {
  const level = reply.statusCode >= 500 ? 'warn' : request.url.startsWith('/health/') ? 'debug' : 'info';
  const route = request.routeOptions.url ?? (reply.statusCode === 200 ? PAGES : undefined);
  logger[level](
    {
      method: request.method,
      ...(route ? { route } : { path: request.url.split('?', 1)[0]!.slice(0, 100) }),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      requestId: request.id,
      userId: request.context.actorId,
    },
    'request',
  );
}

/** Also for requests that never reach the hooks, because their URL is none. */
export function openRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  headers: SecurityHeaders[keyof SecurityHeaders],
): void {
  request.context = {
    requestId: request.id,
    language: languageOf(request.headers['accept-language']),
    address: plainAddress(request.ip),
    actorId: undefined,
  };
  reply.headers(headers);
  reply.header('x-request-id', request.id);
}

function revalidated(request: FastifyRequest, reply: FastifyReply, payload: string, seconds: number): string {
  const etag = `"${createHash('sha1').update(payload).digest('base64url')}"`;
  reply.header('cache-control', `public, max-age=${seconds}`);
  reply.header('etag', etag);
  // Messages and names come in the language asked for.
  const vary = reply.getHeader('vary');
  reply.header('vary', vary ? `${String(vary)}, accept-language` : 'accept-language');
  const known = request.headers['if-none-match'];
  if (!known?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) return payload;
  reply.code(304);
  return '';
}
