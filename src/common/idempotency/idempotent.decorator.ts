import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { ApiErrors } from '../api/openapi-decorators.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/**
 * A create that honours `Idempotency-Key`: repeated with the same key and the same request by the same user, it
 * answers what it answered the first time (with `Idempotency-Replayed: true`) and creates nothing. Only successes
 * are kept; for at least a day.
 */
export function Idempotent() {
  return applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      description:
        'Makes a repeat of the request harmless: it is answered as the first one was. A new UUID for each create.',
      required: false,
      // No example: Swagger UI would send it with every create, and the second one would be taken for a repeat.
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
    }),
    ApiErrors('IDEMPOTENCY_KEY_REUSED'),
  );
}
