import { appError } from '../../common/errors/app-error.js';

export const uploadType = () => appError('UPLOAD_TYPE');
export const uploadTooLarge = (max: number) => appError('UPLOAD_TOO_LARGE', { args: { max } });
export const uploadTooManyPixels = (max: number) => appError('UPLOAD_TOO_MANY_PIXELS', { args: { max } });
export const uploadBroken = (cause: unknown) => appError('UPLOAD_BROKEN', { cause });
export const uploadQuota = (max: number) => appError('UPLOAD_QUOTA', { args: { max } });
export const uploadNotFound = () => appError('UPLOAD_NOT_FOUND');
export const mediaNotFound = () => appError('MEDIA_NOT_FOUND');
