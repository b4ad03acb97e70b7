import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../common/config/app-config.js';
import { SmsSender } from './sms-sender.js';

const ATTEMPTS = 3;
const RETRY_PAUSE_MS = 200;

/** A refusal by the provider: asking again would be refused again. */
class SmsRefusedError extends Error {}

/**
 * Yunpian's single-send HTTP API (https://www.yunpian.com/official/document/sms/en/domestic_single_send):
 * a form POST of `apikey`, `mobile` and `text`, answered by JSON whose `code` is 0 on success.
 * Retried only where the provider has not answered for the message: no connection, timeout, 5xx.
 */
@Injectable()
export class YunpianSmsSender extends SmsSender {
  constructor(private readonly config: AppConfig) {
    super();
  }

  async send(phone: string, code: string, minutes: number): Promise<void> {
    const { yunpianTemplate } = this.config.sms;
    const text = yunpianTemplate.replaceAll('#code#', code).replaceAll('#minutes#', String(minutes));
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.post(phone, text);
      } catch (error) {
        if (error instanceof SmsRefusedError || attempt === ATTEMPTS) throw error;
        await sleep(RETRY_PAUSE_MS * attempt);
      }
    }
  }

  private async post(phone: string, text: string): Promise<void> {
    const { yunpianUrl, yunpianApiKey, timeoutMs } = this.config.sms;
    const response = await fetch(yunpianUrl, {
      method: 'POST',
      headers: { accept: 'application/json; charset=utf-8' },
      // Mainland numbers go without their country code; all others with it.
      body: new URLSearchParams({ apikey: yunpianApiKey!, mobile: phone.replace(/^\+86/, ''), text }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = await response.text();
    if (response.status >= 500) throw new Error(`yunpian answered ${response.status}`);
    const result = readResult(answer);
    if (!response.ok || result?.code !== 0) {
      throw new SmsRefusedError(
        `yunpian refused: HTTP ${response.status}, code ${result?.code ?? 'unreadable'}`,
      );
    }
  }
}

function readResult(text: string): { code?: number } | undefined {
  try {
    return JSON.parse(text) as { code?: number };
  } catch {
    return undefined;
  }
}
