import { appError } from '../../common/errors/app-error.js';

export const phoneTaken = () => appError('PHONE_TAKEN');
export const wrongCredentials = () => appError('WRONG_CREDENTIALS');
export const wrongPassword = () => appError('WRONG_PASSWORD');
export const accountNotFound = () => appError('ACCOUNT_NOT_FOUND');
export const userNotFound = () => appError('USER_NOT_FOUND');
export const codeInvalid = () => appError('CODE_INVALID');
export const codeTooSoon = (seconds: number) =>
  appError('CODE_TOO_SOON', { data: { seconds }, retryAfterSeconds: seconds });
export const codeDailyLimit = () => appError('CODE_DAILY_LIMIT', { retryAfterSeconds: 86_400 });
export const smsUnavailable = (cause: unknown) => appError('SMS_UNAVAILABLE', { cause });
export const refreshInvalid = () => appError('REFRESH_INVALID');
export const refreshReused = () => appError('REFRESH_REUSED');
export const crossSite = () => appError('CROSS_SITE');
export const sessionNotFound = () => appError('SESSION_NOT_FOUND');
