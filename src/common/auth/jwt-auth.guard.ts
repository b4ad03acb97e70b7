import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { appError } from '../errors/app-error.js';
import { Clock } from '../time/clock.js';
import { type Access, ACCESS_METADATA, DEFAULT_ACCESS } from './access.js';
import { type AccessClaims, tokenOf } from './access-token.js';

import './current-actor.decorator.js';
import { RevocationList } from './revocation-list.js';
import { actorCan } from './role.js';
import { VerifiedTokens } from './verified-tokens.js';

/**
 * The global guard: every route takes a valid access token unless it is marked otherwise. Passport verifies a
 * token when it is first seen; after that only expiry and revocation are looked at.
 */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly verified: VerifiedTokens,
    private readonly revocations: RevocationList,
    private readonly clock: Clock,
  ) {
    super();
  }

  override canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const access =
      this.reflector.getAllAndOverride<Access | undefined>(ACCESS_METADATA, [
        context.getHandler(),
        context.getClass(),
      ]) ?? DEFAULT_ACCESS;
    if (access.mode === 'public') return true;

    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = tokenOf(request);
    if (token) return this.admit(context, request, token, access);
    if (access.mode === 'optional') return true;
    throw appError('NOT_LOGGED_IN');
  }

  /** Called by passport with what the strategy made of the token. */
  override handleRequest<T>(error: unknown, claims: T | false, failure: unknown): T {
    if (error) throw error;
    if (!claims) throw appError('TOKEN_INVALID', { cause: failure });
    return claims;
  }

  private async admit(
    context: ExecutionContext,
    request: FastifyRequest,
    token: string,
    access: Access,
  ): Promise<boolean> {
    const claims = this.verified.get(token) ?? (await this.verify(context, request, token));
    if (claims.expiresAt <= this.clock.now().getTime()) {
      this.verified.delete(token);
      throw appError('TOKEN_EXPIRED');
    }
    const status = await this.revocations.statusOf(claims);
    if (status !== 'valid') {
      // Seen again after the list forgot it, the token must pass the strategy's check of its session.
      this.verified.delete(token);
      throw appError(status === 'expired' ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID');
    }
    const { actor } = claims;
    if (access.scope && !actorCan(actor, access.scope)) throw appError('NO_PERMISSION');
    request.actor = actor;
    request.context.actorId = actor.id;
    return true;
  }

  private async verify(
    context: ExecutionContext,
    request: FastifyRequest,
    token: string,
  ): Promise<AccessClaims> {
    await super.canActivate(context);
    const claims = (request as FastifyRequest & { user: AccessClaims }).user;
    this.verified.add(token, claims);
    return claims;
  }
}
