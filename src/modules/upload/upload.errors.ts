import { appError } from '../../common/errors/app-error.js';

export const uploadNotFound = () => appError('UPLOAD_NOT_FOUND');
