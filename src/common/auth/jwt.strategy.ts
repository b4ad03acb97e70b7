import { Injectable, Optional } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-jwt';
import { AppConfig } from '../config/app-config.js';
import { appError } from '../errors/app-error.js';
import { type AccessClaims, claimsOf, tokenOf } from './access-token.js';
import { SessionCheck } from './session-check.js';

/** Checks signature, issuer and audience; the guard checks everything that can change after that. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    { auth }: AppConfig,
    @Optional() private readonly sessions?: SessionCheck,
  ) {
    super({
      jwtFromRequest: tokenOf,
      // A KeyObject made once: given a string, jsonwebtoken tries to parse it as a public key at every request.
      // The types of passport-jwt know strings and buffers only.
      secretOrKeyProvider: (_request, _token, done) => done(null, auth.tokenSecret as unknown as Buffer),
      algorithms: ['HS256'],
      issuer: auth.issuer,
      audience: auth.audience,
      // The guard compares with the injected clock, at this and at every later use of the token.
      ignoreExpiration: true,
    });
  }

  async validate(payload: Record<string, unknown>): Promise<AccessClaims> {
    const claims = claimsOf(payload);
    if (!claims || (await this.sessions?.isOpen(claims.actor.sessionId)) === false)
      throw appError('TOKEN_INVALID');
    return claims;
  }
}
