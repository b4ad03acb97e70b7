/** Sends one verification code. Throws when the message was certainly or possibly not accepted. */
export abstract class SmsSender {
  /** @param phone E.164 @param code six digits @param minutes how long the code is good for */
  abstract send(phone: string, code: string, minutes: number): Promise<void>;
}
