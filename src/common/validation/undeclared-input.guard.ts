import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import type { FastifyRequest } from 'fastify';
import { appError } from '../errors/app-error.js';
import { say } from './say.js';

interface Declared {
  body: boolean;
  query: boolean;
}

/** A route that declares no query or no body takes none: unknown input is refused, not ignored. */
@Injectable()
export class UndeclaredInputGuard implements CanActivate {
  private readonly declared = new WeakMap<object, Declared>();

  canActivate(context: ExecutionContext): boolean {
    const declared = this.declaredBy(context);
    const { query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!declared.query) {
      for (const name in query as object) throw refused(name, say('is not a known field', '不认识这个字段'));
    }
    if (!declared.body && !isEmpty(body)) throw refused('body', say('must be empty', '必须为空'));
    return true;
  }

  private declaredBy(context: ExecutionContext): Declared {
    const handler = context.getHandler();
    let declared = this.declared.get(handler);
    if (!declared) {
      const args: object = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) ?? {};
      const declares = (kind: RouteParamtypes) => Object.keys(args).some((key) => key.startsWith(`${kind}:`));
      declared = { body: declares(RouteParamtypes.BODY), query: declares(RouteParamtypes.QUERY) };
      this.declared.set(handler, declared);
    }
    return declared;
  }
}

/** `null` and `{}` are what clients send that cannot send nothing. */
function isEmpty(body: unknown): boolean {
  if (body === undefined || body === null) return true;
  return typeof body === 'object' && !Array.isArray(body) && Object.keys(body).length === 0;
}

function refused(field: string, message: string) {
  return appError('BAD_PARAMETER', { fields: Object.fromEntries([[field.slice(0, 100), [message]]]) });
}
