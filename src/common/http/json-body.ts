import type { FastifyInstance } from 'fastify';
import { appError } from '../errors/app-error.js';
import { runInRequest } from '../request/request-context.js';
import { assertJsonLimits } from '../validation/json-limits.js';
import { say } from '../validation/say.js';

/** Refuses what is no UTF-8, instead of reading other characters into it; leaves a byte order mark out. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Bodies are JSON and nothing else: text and forms can be sent by any page without the browser asking first.
 * What is too deep, has too many keys or names the prototype is refused before anything else gets to walk through it.
 */
export function acceptJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    // Clients send the header with bodiless requests too.
    if (bytes.length === 0) return done(null, undefined);
    // Node emits a body's chunks outside of the asynchronous context the request began in.
    runInRequest(request.context, () => {
      let body: unknown;
      try {
        body = parse(bytes);
        assertJsonLimits(body);
      } catch (refusal) {
        return done(refusal as Error);
      }
      done(null, body);
    });
  });
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    const message = say('must be valid JSON', '必须是有效的 JSON');
    throw appError('BAD_PARAMETER', { cause, fields: { body: [message] } });
  }
}
