import type { FastifyInstance } from 'fastify';
import { checkJsonLimits } from '../validation/json-limits.js';

/**
 * Bodies are JSON and nothing else: text and forms can be sent by any page without the browser asking first.
 * Refuses `__proto__` and `constructor.prototype`, and what is too deep or has too many keys.
 */
export function acceptJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    // Clients send the header with bodiless requests too.
    if (text.length === 0) return done(null, undefined);
    parse(request, text, (error, body) => {
      if (error) return done(error);
      try {
        checkJsonLimits(body);
      } catch (refusal) {
        return done(refusal as Error);
      }
      done(null, body);
    });
  });
}
