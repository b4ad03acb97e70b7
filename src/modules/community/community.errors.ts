import { appError } from '../../common/errors/app-error.js';

export const noPermission = () => appError('NO_PERMISSION');
export const postNotFound = () => appError('POST_NOT_FOUND');
export const commentNotFound = () => appError('COMMENT_NOT_FOUND');
export const postLocked = () => appError('POST_LOCKED');
export const staleVersion = () => appError('STALE_VERSION');
export const removedByModerator = () => appError('REMOVED_BY_MODERATOR');
export const commentsOff = () => appError('COMMENTS_OFF');
export const ownLike = () => appError('OWN_LIKE');
