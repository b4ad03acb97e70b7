import { Injectable } from '@nestjs/common';
import type { AccessClaims } from './access-token.js';

/** About 12 MB when full. */
const MAX_TOKENS = 20_000;

/**
 * Tokens whose signature this process has checked, so that it is checked once and not at every request.
 * Whether a token has expired or been revoked is not known here and is asked at every use.
 */
@Injectable()
export class VerifiedTokens {
  private readonly claims = new Map<string, AccessClaims>();

  get size(): number {
    return this.claims.size;
  }

  get(token: string): AccessClaims | undefined {
    return this.claims.get(token);
  }

  /** When full, the token that was seen first makes room: it is also the nearest to its end. */
  add(token: string, claims: AccessClaims): void {
    if (this.claims.size >= MAX_TOKENS) this.claims.delete(this.claims.keys().next().value as string);
    this.claims.set(token, claims);
  }

  delete(token: string): void {
    this.claims.delete(token);
  }

  clear(): void {
    this.claims.clear();
  }
}
