import { Injectable, Optional } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { AppConfig } from '../config/app-config.js';
import { Clock } from '../time/clock.js';
import { type AccessClaims, claimsOf } from './access-token.js';
import { RevocationList, type TokenStatus } from './revocation-list.js';
import { SessionCheck } from './session-check.js';

/** Checks access tokens that come by another way than with a request. */
@Injectable()
export class TokenCheck {
  constructor(
    private readonly jwt: JwtService,
    private readonly config: AppConfig,
    private readonly revocations: RevocationList,
    private readonly clock: Clock,
    @Optional() private readonly sessions?: SessionCheck,
  ) {}

  /** Undefined when the token is not one of ours. */
  async check(token: string): Promise<{ claims: AccessClaims; status: TokenStatus } | undefined> {
    const { issuer, audience } = this.config.auth;
    const payload = await this.jwt
      .verifyAsync<Record<string, unknown>>(token, {
        algorithms: ['HS256'],
        issuer,
        audience,
        ignoreExpiration: true,
      })
      .catch(() => ({}));
    const claims = claimsOf(payload);
    if (!claims) return undefined;
    const isOpen = await this.isOpen(claims);
    return { claims, status: isOpen ? await this.statusOf(claims) : 'revoked' };
  }

  /** Whether a token that was checked once still holds. */
  async statusOf(claims: AccessClaims): Promise<TokenStatus> {
    if (claims.expiresAt <= this.clock.now().getTime()) return 'expired';
    try {
      return await this.revocations.statusOf(claims);
    } catch {
      // Without the list the sessions themselves tell which are over.
      return (await this.isOpen(claims)) ? 'valid' : 'revoked';
    }
  }

  private async isOpen({ actor }: AccessClaims): Promise<boolean> {
    return (await this.sessions?.isOpen(actor.sessionId)) !== false;
  }
}
