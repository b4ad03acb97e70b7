import type { CleanedEnv } from 'envalid';
import { inProduction, integer, oneOf, text, url } from './variables.js';
import type { runtimeVariables } from './runtime.config.js';

const withYunpian = (env: Record<string, unknown>): boolean => env['SMS_SENDER'] === 'yunpian';

export const smsVariables = {
  SMS_SENDER: oneOf(
    'console',
    'yunpian',
  )({
    desc: 'Who delivers the codes. `console` writes them to the log, where everybody who reads logs can use them: in production it has to be asked for by name.',
    defaultText: '`console`; required in production',
    requiredWhen: inProduction,
  }),
  SMS_YUNPIAN_API_KEY: text('text')({
    desc: 'Key of the Yunpian account. Required with `SMS_SENDER=yunpian`.',
    requiredWhen: withYunpian,
    secret: true,
  }),
  SMS_YUNPIAN_URL: url(
    'http:',
    'https:',
  )({
    desc: "Address of Yunpian's single-send API.",
    default: 'https://sms.yunpian.com/v2/sms/single_send.json',
  }),
  SMS_YUNPIAN_TEMPLATE: text('text holding `#code#`', (value) => value.includes('#code#'))({
    desc: 'The template as Yunpian approved it; `#code#` and `#minutes#` are replaced by the code and its life.',
    default: '【HiGroup】您的验证码是#code#，#minutes#分钟内有效。',
  }),
  SMS_TIMEOUT_MS: integer(
    100,
    60_000,
  )({ desc: 'Time for one answer of the sender, in milliseconds.', default: 5_000 }),
  SMS_CODE_TTL_SECONDS: integer(60, 3_600)({ desc: 'Life of a code, in seconds.', default: 600 }),
  SMS_RESEND_SECONDS: integer(
    1,
    3_600,
  )({
    desc: 'Time between two codes to one phone, in seconds.',
    default: 60,
  }),
  SMS_DAILY_PER_PHONE: integer(1, 1_000)({ desc: 'Codes to one phone within 24 hours.', default: 10 }),
  SMS_DAILY_PER_ADDRESS: integer(
    1,
    1_000_000,
  )({
    desc: 'Codes asked for from one address within 24 hours.',
    default: 50,
  }),
  SMS_MAX_TRIES: integer(1, 10)({ desc: 'Wrong tries that burn a code, counted per phone.', default: 5 }),
};

export function smsConfig(env: CleanedEnv<typeof smsVariables & typeof runtimeVariables>) {
  return {
    sender: env.SMS_SENDER ?? 'console',
    yunpianApiKey: env.SMS_YUNPIAN_API_KEY,
    yunpianUrl: env.SMS_YUNPIAN_URL,
    yunpianTemplate: env.SMS_YUNPIAN_TEMPLATE,
    timeoutMs: env.SMS_TIMEOUT_MS,
    codeTtlSeconds: env.SMS_CODE_TTL_SECONDS,
    resendSeconds: env.SMS_RESEND_SECONDS,
    dailyPerPhone: env.SMS_DAILY_PER_PHONE,
    dailyPerAddress: env.SMS_DAILY_PER_ADDRESS,
    maxTries: env.SMS_MAX_TRIES,
  };
}

export type SmsConfig = Readonly<ReturnType<typeof smsConfig>>;
