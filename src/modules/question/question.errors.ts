import { appError } from '../../common/errors/app-error.js';

export const questionNotFound = () => appError('QUESTION_NOT_FOUND');
export const answerNotFound = () => appError('ANSWER_NOT_FOUND');
export const replyNotFound = () => appError('REPLY_NOT_FOUND');
export const answerExists = () => appError('ANSWER_EXISTS');
export const questionClosed = () => appError('QUESTION_CLOSED');
export const ownVote = () => appError('OWN_VOTE');
export const questionCategoryNotFound = () => appError('QUESTION_CATEGORY_NOT_FOUND');
export const staleVersion = () => appError('STALE_VERSION');
export const noPermission = () => appError('NO_PERMISSION');
export const removedByModerator = () => appError('REMOVED_BY_MODERATOR');
