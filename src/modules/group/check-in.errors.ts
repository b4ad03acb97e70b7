import { appError } from '../../common/errors/app-error.js';
import type { MakeUpRefusal } from './rules/make-up.js';

export const notDueToday = () => appError('NOT_DUE_TODAY');
export const noteTooShort = (min: number) => appError('NOTE_TOO_SHORT', { args: { min } });
export const imageRequired = () => appError('IMAGE_REQUIRED');
export const checkInNotFound = () => appError('CHECK_IN_NOT_FOUND');
export const undoTooLate = () => appError('UNDO_TOO_LATE');
export const makeUpRefused = (refusal: MakeUpRefusal, days: number) => appError(refusal, { args: { days } });
export const nothingMissed = () => appError('MAKE_UP_NOTHING_MISSED');
export const quotaUsed = (limit: number) => appError('MAKE_UP_QUOTA_USED', { args: { limit } });
export const reasonTooShort = (min: number) => appError('MAKE_UP_REASON_TOO_SHORT', { args: { min } });
export const dayRange = (max: number) => appError('DAY_RANGE', { args: { max } });
