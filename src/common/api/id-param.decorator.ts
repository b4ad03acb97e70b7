import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import '../auth/current-actor.decorator.js';
import { appError } from '../errors/app-error.js';
import { say } from '../validation/say.js';

const ID_SCHEMA = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } as const;

/** An id in the path: plain ASCII digits, from 1 to 2^53 - 1; anything else is BAD_PARAMETER with the name. */
export function parseId(text: string | undefined, name: string): number {
  const id = text !== undefined && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(id)) return id;
  const message = say('must be a whole number from 1 to {max}', '必须是 1 到 {max} 之间的整数', {
    max: Number.MAX_SAFE_INTEGER,
  });
  throw appError('BAD_PARAMETER', { fields: { [name]: [message] } });
}

const pathOf = (context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: Record<string, string> }>>();
  return request;
};

const Id = createParamDecorator((name: string, context: ExecutionContext) =>
  parseId(pathOf(context).params[name], name),
);

const UserId = createParamDecorator((name: string, context: ExecutionContext) => {
  const request = pathOf(context);
  if (request.params[name] !== 'me') return parseId(request.params[name], name);
  if (!request.actor) throw appError('NOT_LOGGED_IN');
  return request.actor.id;
});

/** The id of that name in the path. */
export function IdParam(name: string): ParameterDecorator {
  return documented(Id(name), { name, schema: ID_SCHEMA, example: 7 });
}

/** The id of a user in the path; `me` is the actor's. */
export function UserIdParam(name: string): ParameterDecorator {
  return documented(UserId(name), {
    name,
    description: 'The id of a user, or `me`.',
    schema: { oneOf: [ID_SCHEMA, { type: 'string', enum: ['me'] }] },
    example: 'me',
  });
}

function documented(
  decorator: ParameterDecorator,
  options: Parameters<typeof ApiParam>[0],
): ParameterDecorator {
  return (target, key, index) => {
    decorator(target, key, index);
    const method = Object.getOwnPropertyDescriptor(target, key as string) as PropertyDescriptor;
    ApiParam(options)(target, key as string, method);
  };
}
