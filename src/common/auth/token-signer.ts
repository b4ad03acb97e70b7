import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Clock } from '../time/clock.js';
import { RevocationList } from './revocation-list.js';
import type { Role } from './role.js';

@Injectable()
export class TokenSigner {
  constructor(
    private readonly jwt: JwtService,
    private readonly revocations: RevocationList,
    private readonly clock: Clock,
  ) {}

  /** A new access token of the user (`sub`) in the session (`sid`). */
  sign({ sub, sid, role }: { sub: number; sid: number; role: Role }): string {
    // To the millisecond, and after the last expireTokensOf(): what it expired and what followed it must differ.
    const issuedAt = Math.max(this.clock.now().getTime(), this.revocations.lastExpiry + 1);
    return this.jwt.sign({ sub: String(sub), sid, role, iat: issuedAt / 1000 });
  }
}
