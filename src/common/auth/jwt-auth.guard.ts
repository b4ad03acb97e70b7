import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { appError } from '../errors/app-error.js';
import { Clock } from '../time/clock.js';
import { type Access, ACCESS_METADATA, DEFAULT_ACCESS } from './access.js';
import { type AccessClaims, tokenOf } from './access-token.js';
import { RevocationList, type TokenStatus } from './revocation-list.js';
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
    if (token) return this.authenticate(context, request, token, access);
    if (access.mode === 'optional') return true;
    throw appError('NOT_LOGGED_IN');
  }

  /** Called by passport with what the strategy made of the token. */
  override handleRequest<T>(error: unknown, claims: T | false, failure: unknown): T {
    if (error) throw error;
    if (!claims) throw appError('TOKEN_INVALID', { cause: failure });
    return claims;
  }

  /** Synchronous for a token that has been seen before. */
  private authenticate(
    context: ExecutionContext,
    request: FastifyRequest,
    token: string,
    access: Access,
  ): boolean | Promise<boolean> {
    const proceed = (claims: AccessClaims) => {
      const status = this.statusOf(claims);
      const decide = (current: TokenStatus) => this.admit(request, token, claims, current, access);
      return typeof status === 'string'
        ? decide(status)
        : status.then(decide, () => this.verifyAnew(context, request, token).then(() => decide('valid')));
    };
    const known = this.verified.get(token);
    return known ? proceed(known) : this.verify(context, request, token).then(proceed);
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

  /**
   * Without the list of revocations only the sessions themselves tell which are over. Nor does the list learn what
   * happens meanwhile, so no token seen before is taken on trust, now or after the list is back.
   */
  private verifyAnew(
    context: ExecutionContext,
    request: FastifyRequest,
    token: string,
  ): Promise<AccessClaims> {
    this.verified.clear();
    return this.verify(context, request, token);
  }

  private statusOf(claims: AccessClaims): TokenStatus | Promise<TokenStatus> {
    return claims.expiresAt <= this.clock.now().getTime() ? 'expired' : this.revocations.statusOf(claims);
  }

  private admit(
    request: FastifyRequest,
    token: string,
    { actor }: AccessClaims,
    status: TokenStatus,
    { scope }: Access,
  ): boolean {
    if (status !== 'valid') {
      // Seen again after the list forgot it, the token must pass the strategy's check of its session.
      this.verified.delete(token);
      throw appError(status === 'expired' ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID');
    }
    if (scope && !actorCan(actor, scope)) throw appError('NO_PERMISSION');
    request.actor = actor;
    request.context.actorId = actor.id;
    return true;
  }
}
