import { Injectable } from '@nestjs/common';
import { SmsSender } from './sms-sender.js';

/** For development: prints the code where a person sees it; past the logger, whose redaction would hide it. */
@Injectable()
export class ConsoleSmsSender extends SmsSender {
  async send(phone: string, code: string, minutes: number): Promise<void> {
    process.stdout.write(
      `\n  SMS to ${phone}: your HiGroup code is ${code} (good for ${minutes} minutes)\n\n`,
    );
  }
}
