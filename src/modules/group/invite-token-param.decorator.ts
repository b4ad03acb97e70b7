import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { documentedParam } from '../../common/api/id-param.decorator.js';
import { inviteNotFound } from './group.errors.js';

const TOKEN = /^[\w-]{32}$/;

const Token = createParamDecorator((name: string, context: ExecutionContext): string => {
  const { params } = context.switchToHttp().getRequest<FastifyRequest<{ Params: Record<string, string> }>>();
  // What cannot be a token is as unknown as one that was never made.
  if (!TOKEN.test(params[name] ?? '')) throw inviteNotFound();
  return params[name]!;
});

/** The token of an invite link in the path: 24 random bytes in base64url. */
export function InviteTokenParam(name: string): ParameterDecorator {
  const schema = { type: 'string', pattern: TOKEN.source, minLength: 32, maxLength: 32 } as const;
  return documentedParam(Token(name), { name, schema, example: 'Zk3Jv0pX9sQ2tY7bLw5RmAx1Cq8Vd4Eh' });
}
