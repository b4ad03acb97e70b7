import { badPath, pathParam } from '../../common/api/path-param.js';
import { say } from '../../common/validation/say.js';
import { POST_FLAGS, type PostFlag } from './post-flags.js';

/** `pinned`, `excellent` or `locked` in the path. */
export const PostFlagParam = pathParam(
  (text, name) => {
    if (POST_FLAGS.includes(text as PostFlag)) return text;
    const list = POST_FLAGS.join(', ');
    throw badPath(name, say('must be one of: {list}', '必须是以下之一：{list}', { list }));
  },
  { schema: { type: 'string', enum: [...POST_FLAGS], example: 'pinned' } },
);
