import compress from '@fastify/compress';
import cors from '@fastify/cors';
import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { EnvelopeAdapter } from '../api/envelope.adapter.js';
import { AppConfig } from '../config/app-config.js';
import type { Logger } from '../logging/logger.js';
import { RateLimitService } from '../rate-limit/rate-limit.service.js';
import { Lifecycle } from '../shutdown/lifecycle.js';
import { answerClientError } from './client-error.js';
import { addFirstHook, addHooks, logRequest, openRequest } from './hooks.js';
import { acceptJsonOnly } from './json-body.js';
import { acceptFormsWhereMeant } from './form-body.js';
import { requestIdOf } from './request-id.js';
import type { SecurityHeaders } from './security-headers.js';
import { serveFiles, type WebClient } from './web-client.js';

/** Below this many bytes compressing costs more than it saves. */
const COMPRESS_FROM = 2_048;

const LATE_CHECK_MS = 1_000;

export function createAdapter({ http }: AppConfig, headers: SecurityHeaders, logger: Logger): FastifyAdapter {
  return new EnvelopeAdapter({
    // Never `true` or a number: either lets the caller choose the address he is counted under.
    trustProxy: http.trustProxy.length > 0 ? [...http.trustProxy] : false,
    bodyLimit: http.bodyLimit,
    requestTimeout: http.requestTimeoutMs,
    http: {
      // Node looks for what is late every 30 s, and allows a whole request a minute when its headers may take one.
      connectionsCheckingInterval: LATE_CHECK_MS,
      headersTimeout: http.requestTimeoutMs,
    },
    connectionTimeout: http.connectionTimeoutMs,
    keepAliveTimeout: http.keepAliveTimeoutMs,
    routerOptions: { ignoreTrailingSlash: true },
    requestIdHeader: false,
    genReqId: requestIdOf,
    // While stopping, requests that still arrive on open connections are answered, not turned away.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    // A URL that is none is answered before any hook, and not by the error handler unless it is told to.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      openRequest(request, reply, headers.api);
      reply.header('cache-control', 'no-store');
      request.server.errorHandler(error as FastifyError, request, reply);
      logRequest(logger, request, reply);
    },
    // Nest's own middleware is not used: it would cost every request, and access control does not belong there.
    skipMiddie: true,
    multipart: false,
  });
}

/** Everything between the socket and the routes. Before `app.init()`, which adds the routes. */
export async function prepareServer(
  app: NestFastifyApplication,
  headers: SecurityHeaders,
  logger: Logger,
  web: WebClient | undefined,
): Promise<void> {
  const { http } = app.get(AppConfig);
  const server = app.getHttpAdapter().getInstance();
  app.get(Lifecycle).watch(server.server);
  server.decorateRequest('context');
  acceptJsonOnly(server);
  acceptFormsWhereMeant(server);
  const lifecycle = app.get(Lifecycle);
  addFirstHook(server, { headers, lifecycle });
  // Before whatever may refuse a request: a page of another origin has to be allowed to read that, too.
  if (http.corsOrigins.length > 0) {
    await app.register(cors, {
      origin: [...http.corsOrigins],
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowedHeaders: [
        'authorization',
        'tsessionid',
        'content-type',
        'accept-language',
        'idempotency-key',
        'x-request-id',
      ],
      exposedHeaders: [
        'x-request-id',
        'retry-after',
        'ratelimit-limit',
        'ratelimit-remaining',
        'ratelimit-reset',
        'idempotency-replayed',
      ],
      maxAge: 86_400,
      strictPreflight: false,
    });
  }
  addHooks(server, { headers, limits: app.get(RateLimitService), lifecycle, logger, web });
  // Before the compression, which is for what follows it: the client's files lie there compressed already.
  if (web) await serveFiles(server, web, headers);
  await app.register(compress, {
    threshold: COMPRESS_FROM,
    encodings: ['br', 'gzip'],
    globalDecompression: false,
  });
}
