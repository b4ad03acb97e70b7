import type { Actor } from '../../common/auth/actor.js';
import type { SqlValue } from '../../common/database/database.js';
import type { NoticeObject, NoticeType } from '../../common/events/notice.js';
import { READABLE_COMMENT, READABLE_POST } from '../community/index.js';
import { groupsRunBy, READABLE_CHECK_IN, visibleGroups } from '../group/index.js';
import { READABLE_ANSWER, READABLE_ANSWER_REPLY, READABLE_QUESTION } from '../question/index.js';

/** About the receiver himself: he may read it although the group is closed to him, as long as there is the group. */
export const OWN_AFFAIRS: readonly NoticeType[] = ['decision', 'role'];

/** Groups, applications and users need no more than what holds for the group. */
const READABLE: Partial<Record<NoticeObject, (id: string) => string>> = {
  post: READABLE_POST,
  comment: READABLE_COMMENT,
  checkIn: READABLE_CHECK_IN,
  question: READABLE_QUESTION,
  answer: READABLE_ANSWER,
  answerReply: READABLE_ANSWER_REPLY,
};

const objectIsReadable = (column: 'target' | 'place') => {
  const cases = Object.entries(READABLE).map(([type, of]) => `when '${type}' then ${of(`m.${column}_id`)}`);
  return `case m.${column}_type ${cases.join(' ')} else 1 end = 1`;
};

const OBJECTS_ARE_READABLE = `${objectIsReadable('target')} and ${objectIsReadable('place')}
  and (m.answer_id is null or ${READABLE_ANSWER('m.answer_id')})`;

const OWN_AFFAIR = `m.type in (${OWN_AFFAIRS.map((type) => `'${type}'`).join(', ')})`;

/**
 * What a receiver may read now, whatever he might when he was told: a condition on a message `m` and its group `g`,
 * left-joined.
 */
export function readableMessages(actor: Actor): { sql: string; params: SqlValue[] } {
  const visible = visibleGroups(actor);
  const run = groupsRunBy(actor);
  return {
    sql: `(m.group_id is null or g.id is not null and g.dissolved_at is null and (${OWN_AFFAIR}
      or m.type = 'application' and ${run.sql} or m.type <> 'application' and ${visible.sql}))
      and ${OBJECTS_ARE_READABLE}`,
    params: [...run.params, ...visible.params],
  };
}
