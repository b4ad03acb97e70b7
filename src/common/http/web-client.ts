import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import files from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CSP_NONCE, type SecurityHeaders } from './security-headers.js';

/** The client for browsers, as Vite has built it. */
export interface WebClient {
  folder: string;
  /** `index.html`, cut where the nonce of an answer belongs. */
  page: readonly string[];
}

/** Where `npm run build` puts it, seen from `src` and from `dist` alike. */
export const BUILT_CLIENT = fileURLToPath(new URL('../../../dist/web/', import.meta.url));

/** Undefined where none is built. */
export function findWebClient(folder: string): WebClient | undefined {
  try {
    return { folder, page: readFileSync(join(folder, 'index.html'), 'utf8').split(CSP_NONCE) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * A route for each file there is, so that no path of a request is ever looked up in the file system. What Vite names
 * by a hash of its content is kept for good, everything else is asked for anew with its ETag.
 */
export async function serveFiles(
  server: FastifyInstance,
  { folder }: WebClient,
  { web }: SecurityHeaders,
): Promise<void> {
  const headers = withNonce(web, undefined);
  await server.register(files, {
    root: folder,
    wildcard: false,
    globIgnore: ['index.html', '**/*.{br,gz}'],
    preCompressed: true,
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply) => {
      const hashed = reply.request.url.startsWith('/assets/');
      reply.headers(headers);
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

/** What is never the address of a page: a script that is gone must not be answered by one. */
const NO_PAGE = /^\/(api|assets|docs|health|media|ws)(\/|$)/i;

/** Whether an address that the server does not know is for the client's own router. */
export function isPage({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const path = url.split('?', 1)[0]!;
  if (NO_PAGE.test(path)) return false;
  return path === '/index.html' || !/\.[^/]*$/.test(path) || !!headers.accept?.includes('text/html');
}

/** It differs each time by its nonce, so there is no ETag to ask for it with. */
export function sendPage(reply: FastifyReply, { page }: WebClient, { web }: SecurityHeaders): void {
  const nonce = randomBytes(16).toString('base64');
  reply
    .headers(withNonce(web, nonce))
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(page.join(nonce));
}

function withNonce(headers: Record<string, string>, nonce: string | undefined): Record<string, string> {
  const [before, after] = headers['content-security-policy']!.split(`'nonce-${CSP_NONCE}'`) as [
    string,
    string,
  ];
  return { ...headers, 'content-security-policy': before + (nonce ? `'nonce-${nonce}'` : '') + after };
}
