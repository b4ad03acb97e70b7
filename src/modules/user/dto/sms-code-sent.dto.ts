export class SmsCodeSentDto {
  /**
   * Seconds until another code may be asked for.
   * @example 60
   */
  resendAfter: number;

  /**
   * Seconds for which the code is good.
   * @example 300
   */
  expiresIn: number;
}
