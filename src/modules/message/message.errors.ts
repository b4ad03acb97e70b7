import { appError } from '../../common/errors/app-error.js';

export const messageNotFound = () => appError('MESSAGE_NOT_FOUND');
