import { pathParam } from '../../common/api/path-param.js';
import { inviteNotFound } from './group.errors.js';

const TOKEN = /^[\w-]{32}$/;

/** The token of an invite link in the path: 24 random bytes in base64url. */
export const InviteTokenParam = pathParam(
  (text) => {
    // What cannot be a token is as unknown as one that was never made.
    if (!TOKEN.test(text)) throw inviteNotFound();
    return text;
  },
  {
    schema: {
      type: 'string',
      pattern: TOKEN.source,
      minLength: 32,
      maxLength: 32,
      example: 'Zk3Jv0pX9sQ2tY7bLw5RmAx1Cq8Vd4Eh',
    },
  },
);
