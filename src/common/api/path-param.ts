import { createParamDecorator } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { appError } from '../errors/app-error.js';

/**
 * Makes decorators for one kind of path parameter. Its own check, not a pipe: synchronous, and documented in the same
 * breath.
 * @param read turns the text of the path into the value, or throws
 */
export function pathParam(
  read: (text: string, name: string, request: FastifyRequest) => unknown,
  documentation: Omit<Parameters<typeof ApiParam>[0] & { schema: object }, 'name'>,
) {
  const extract = createParamDecorator((name: string, context) => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return read((request.params as Record<string, string>)[name] ?? '', name, request);
  });
  return (name: string): ParameterDecorator =>
    (target, key, index) => {
      extract(name)(target, key, index);
      const method = Object.getOwnPropertyDescriptor(target, key as string) as PropertyDescriptor;
      ApiParam({ ...documentation, name })(target, key as string, method);
    };
}

export function badPath(name: string, message: string) {
  return appError('BAD_PARAMETER', { fields: { [name]: [message] } });
}
