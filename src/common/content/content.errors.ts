import { appError } from '../errors/app-error.js';
import { say } from '../validation/say.js';

/** Whom a reply answers has to have taken part before it. */
export const notInThread = () =>
  appError('BAD_PARAMETER', {
    fields: { replyToUserId: [say('has written nothing in this thread', '该用户没有参与此处的讨论')] },
  });
