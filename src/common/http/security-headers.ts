import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { fastify } from 'fastify';

const SHARED: FastifyHelmetOptions = {
  xFrameOptions: { action: 'deny' },
  // For browsers nobody uses any more, or for documents; they would only lengthen every answer.
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  originAgentCluster: false,
  crossOriginOpenerPolicy: false,
};

/** An answer of the API is data: nothing in it may ever run, load or be framed. */
const API: FastifyHelmetOptions = {
  ...SHARED,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
};

/** Swagger UI: its own scripts, inline styles, pictures as data or as answers (`blob:`), and calls to this server. */
const DOCS: FastifyHelmetOptions = {
  ...SHARED,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
};

/** Stands for the nonce of an answer, in its headers and in the client's `index.html`. */
export const CSP_NONCE = '__CSP_NONCE__';

/**
 * The client for browsers: what this server serves and nothing else. The nonce is for the one style element that
 * Vuetify writes; pictures being sent are shown as `blob:`.
 */
const WEB: FastifyHelmetOptions = {
  ...SHARED,
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", `'nonce-${CSP_NONCE}'`],
      imgSrc: ["'self'", 'blob:', 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      workerSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      objectSrc: ["'none'"],
    },
  },
};

/** What the client never asks a browser for. */
const PERMISSIONS = 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()';

export interface SecurityHeaders {
  api: Record<string, string>;
  docs: Record<string, string>;
  /** With `CSP_NONCE` where the nonce belongs. */
  web: Record<string, string>;
}

/** Helmet's headers. They never differ between answers, so they are taken once instead of being made 12 times a request. */
export async function securityHeaders(): Promise<SecurityHeaders> {
  return {
    api: await headersOf(API),
    docs: await headersOf(DOCS),
    web: { ...(await headersOf(WEB)), 'permissions-policy': PERMISSIONS },
  };
}

async function headersOf(options: FastifyHelmetOptions): Promise<Record<string, string>> {
  const probe = fastify();
  await probe.register(helmet, options);
  let headers: Record<string, string> = {};
  probe.get('/', (_request, reply) => {
    headers = { ...(reply.raw.getHeaders() as Record<string, string>) };
    return null;
  });
  await probe.inject('/');
  await probe.close();
  return headers;
}
