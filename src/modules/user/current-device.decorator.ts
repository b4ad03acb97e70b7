import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Device } from './session.service.js';

/** Where a sign-in comes from, as the list of sessions will show it. */
export const CurrentDevice = createParamDecorator((_: unknown, context: ExecutionContext): Device => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return { address: request.context.address, userAgent: request.headers['user-agent'] ?? '' };
});
