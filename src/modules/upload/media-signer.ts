import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/app-config.js';
import { Clock } from '../../common/time/clock.js';

const HALF_DAY_SECONDS = 43_200;

/** What a signed address adds to the path. */
export interface MediaTicket {
  /** In whose name. */
  user: number;
  /** Seconds since 1970. */
  expires: number;
  signature: string;
}

/**
 * Signs the addresses of restricted pictures, so that an `<img>`, which sends no token, can show them. The signature
 * tells who asks, not that he may see: that is judged anew at every request.
 */
@Injectable()
export class MediaSigner {
  private readonly key: KeyObject;

  constructor(
    { auth }: AppConfig,
    private readonly clock: Clock,
  ) {
    this.key = createSecretKey(
      Buffer.from(hkdfSync('sha256', auth.secretBytes, '', 'higroup media addresses', 32)),
    );
  }

  /** For 12 to 24 hours, and the same for 12 hours, so that a browser finds in its cache what it has loaded. */
  sign(name: string, user: number): MediaTicket {
    const seconds = Math.floor(this.clock.now().getTime() / 1000);
    const expires = (Math.floor(seconds / HALF_DAY_SECONDS) + 2) * HALF_DAY_SECONDS;
    return { user, expires, signature: this.signatureOf(name, user, expires).toString('base64url') };
  }

  /** Whether the ticket is for this picture, ours and not expired. */
  isValid(name: string, { user, expires, signature }: MediaTicket): boolean {
    if (expires * 1000 <= this.clock.now().getTime()) return false;
    const given = Buffer.from(signature, 'base64url');
    const expected = this.signatureOf(name, user, expires);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private signatureOf(name: string, user: number, expires: number): Buffer {
    return createHmac('sha256', this.key).update(`${name}|${user}|${expires}`).digest();
  }
}
