import type { FastifyInstance } from 'fastify';
import { runInRequest } from '../request/request-context.js';
import { assertJsonLimits } from '../validation/json-limits.js';

/**
 * Bodies are JSON and nothing else: text and forms can be sent by any page without the browser asking first.
 * Refuses `__proto__` and `constructor.prototype`, and what is too deep or has too many keys, before anything else
 * gets to walk through it.
 */
export function acceptJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    // Clients send the header with bodiless requests too.
    if (text.length === 0) return done(null, undefined);
    // Node emits a body's chunks outside of the asynchronous context the request began in.
    runInRequest(request.context, () => {
      void parse(request, text, (error, body) => {
        if (error) return done(error);
        try {
          assertJsonLimits(body);
        } catch (refusal) {
          return done(refusal as Error);
        }
        done(null, body);
      });
    });
  });
}
