import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Cache } from '../../common/cache/cache.js';
import { AppConfig } from '../../common/config/app-config.js';
import { Clock } from '../../common/time/clock.js';
import { codeDailyLimit, codeInvalid, codeTooSoon, smsUnavailable } from './user.errors.js';
import { SmsSender } from './sms/sms-sender.js';

export const SMS_PURPOSES = ['register', 'login', 'reset'] as const;
export type SmsPurpose = (typeof SMS_PURPOSES)[number];

const DAY_SECONDS = 86_400;

/**
 * Verification codes. A code goes to any phone, registered or not, so that neither the answer nor its
 * timing tells whether an account exists; only the phone's holder learns that, by using the code.
 */
@Injectable()
export class SmsCodeService {
  constructor(
    private readonly cache: Cache,
    private readonly config: AppConfig,
    private readonly sender: SmsSender,
    private readonly clock: Clock,
  ) {}

  /** Sends a new code and voids the earlier one. Returns the seconds until the next may be asked for. */
  async send(phone: string, purpose: SmsPurpose, address: string): Promise<number> {
    const { resendSeconds, dailyPerPhone, dailyPerAddress, codeTtlSeconds } = this.config.sms;
    const waitKey = `sms:wait:${phone}`;
    const now = this.clock.now().getTime();
    if (!(await this.cache.add(waitKey, String(now + resendSeconds * 1000), resendSeconds))) {
      const until = Number(await this.cache.get(waitKey));
      throw codeTooSoon(Math.max(1, Math.ceil((until - now) / 1000)));
    }
    const sentToPhone = await this.cache.increment(`sms:day:phone:${phone}`, DAY_SECONDS);
    const sentFromAddress = await this.cache.increment(`sms:day:address:${address}`, DAY_SECONDS);
    if (sentToPhone > dailyPerPhone || sentFromAddress > dailyPerAddress) {
      // Nothing was sent, so the next try must not hear that something was.
      await this.cache.delete(waitKey);
      throw codeDailyLimit();
    }

    const code = String(randomInt(1_000_000)).padStart(6, '0');
    await this.cache.set(codeKey(phone), this.hash(phone, purpose, code), codeTtlSeconds);
    await this.cache.delete(triesKey(phone));
    try {
      await this.sender.send(phone, code, Math.round(codeTtlSeconds / 60));
    } catch (error) {
      await this.cache.delete(codeKey(phone));
      await this.cache.delete(waitKey);
      throw smsUnavailable(error);
    }
    return resendSeconds;
  }

  /**
   * Uses a code up. Every try is counted before it is compared, so that parallel guesses share the
   * allowance; the one caller whose delete finds the code is the one who used it.
   */
  async use(phone: string, purpose: SmsPurpose, code: string): Promise<void> {
    const tries = await this.cache.increment(triesKey(phone), this.config.sms.codeTtlSeconds);
    if (tries > this.config.sms.maxTries) throw codeInvalid();
    const stored = await this.cache.get(codeKey(phone));
    const given = this.hash(phone, purpose, code);
    if (stored === null || !timingSafeEqual(Buffer.from(stored), Buffer.from(given))) throw codeInvalid();
    if (!(await this.cache.delete(codeKey(phone)))) throw codeInvalid();
    await this.cache.delete(triesKey(phone));
  }

  private hash(phone: string, purpose: SmsPurpose, code: string): string {
    return createHmac('sha256', this.config.auth.secretBytes)
      .update(`sms|${purpose}|${phone}|${code}`)
      .digest('base64url');
  }
}

/** One code per phone, whatever its purpose: else sending another would give a burnt one new tries. */
const codeKey = (phone: string) => `sms:code:${phone}`;
const triesKey = (phone: string) => `sms:tries:${phone}`;
