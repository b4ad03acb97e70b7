import type { CleanedEnv } from 'envalid';
import { flag, rate } from './variables.js';

export const rateLimitVariables = {
  RATE_LIMIT_ENABLED: flag({
    desc: 'Switches every limit of this topic off; for tests only.',
    default: true,
  }),
  RATE_LIMIT_ADDRESS: rate({
    desc: 'Every request, per address (IPv6: per /64).',
    default: { points: 1_200, seconds: 60 },
  }),
  RATE_LIMIT_USER: rate({ desc: 'Every request, per user.', default: { points: 600, seconds: 60 } }),
  RATE_LIMIT_REGISTER: rate({ desc: 'Registrations, per address.', default: { points: 20, seconds: 3_600 } }),
  RATE_LIMIT_LOGIN: rate({ desc: 'Log-ins, per address.', default: { points: 30, seconds: 300 } }),
  RATE_LIMIT_LOGIN_PHONE: rate({
    desc: 'Failed log-ins, per phone.',
    default: { points: 10, seconds: 900 },
  }),
  RATE_LIMIT_SMS_CODE: rate({
    desc: 'Requests for a code, per address.',
    default: { points: 20, seconds: 600 },
  }),
  RATE_LIMIT_PASSWORD: rate({
    desc: 'Password resets per address, password changes per user.',
    default: { points: 10, seconds: 600 },
  }),
  RATE_LIMIT_REFRESH: rate({
    desc: 'Refreshes of a token, per address.',
    default: { points: 120, seconds: 60 },
  }),
  RATE_LIMIT_CREATE_GROUP: rate({
    desc: 'Groups created, per user.',
    default: { points: 20, seconds: 3_600 },
  }),
  RATE_LIMIT_JOIN_GROUP: rate({
    desc: 'Groups joined, applied for or entered by invite, per user.',
    default: { points: 60, seconds: 3_600 },
  }),
  RATE_LIMIT_CREATE_INVITE: rate({
    desc: 'Invite links made, per user.',
    default: { points: 60, seconds: 3_600 },
  }),
  RATE_LIMIT_CHECK_IN: rate({
    desc: 'Check-ins, undos and make-ups, per user.',
    default: { points: 60, seconds: 60 },
  }),
  RATE_LIMIT_WRITE: rate({
    desc: 'Posts, questions and answers written, edited or accepted, per user.',
    default: { points: 60, seconds: 3_600 },
  }),
  RATE_LIMIT_COMMENT: rate({
    desc: 'Comments and replies written or edited, per user.',
    default: { points: 60, seconds: 600 },
  }),
  RATE_LIMIT_PREVIEW: rate({
    desc: 'Previews of a text that is being written, per user.',
    default: { points: 60, seconds: 60 },
  }),
  RATE_LIMIT_LIKE: rate({
    desc: 'Likes, votes and follows, per user.',
    default: { points: 120, seconds: 60 },
  }),
  RATE_LIMIT_UPLOAD: rate({ desc: 'Pictures uploaded, per user.', default: { points: 60, seconds: 3_600 } }),
};

export function rateLimitConfig(env: CleanedEnv<typeof rateLimitVariables>) {
  return {
    enabled: env.RATE_LIMIT_ENABLED,
    limits: {
      address: env.RATE_LIMIT_ADDRESS,
      user: env.RATE_LIMIT_USER,
      register: env.RATE_LIMIT_REGISTER,
      login: env.RATE_LIMIT_LOGIN,
      loginPhone: env.RATE_LIMIT_LOGIN_PHONE,
      smsCode: env.RATE_LIMIT_SMS_CODE,
      password: env.RATE_LIMIT_PASSWORD,
      refresh: env.RATE_LIMIT_REFRESH,
      createGroup: env.RATE_LIMIT_CREATE_GROUP,
      joinGroup: env.RATE_LIMIT_JOIN_GROUP,
      createInvite: env.RATE_LIMIT_CREATE_INVITE,
      checkIn: env.RATE_LIMIT_CHECK_IN,
      write: env.RATE_LIMIT_WRITE,
      comment: env.RATE_LIMIT_COMMENT,
      preview: env.RATE_LIMIT_PREVIEW,
      like: env.RATE_LIMIT_LIKE,
      upload: env.RATE_LIMIT_UPLOAD,
    },
  };
}

export type RateLimitConfig = Readonly<ReturnType<typeof rateLimitConfig>>;

/** The limits there are; a route names one with `@RateLimit(name)`. */
export type LimitName = keyof RateLimitConfig['limits'];
