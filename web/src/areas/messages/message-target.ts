import type { RouteLocationRaw } from 'vue-router';
import type { Message } from '@/live/message-lists';

/** The page that a message leads to, and the place on it; undefined: nowhere. */
export function targetOf(message: Message): RouteLocationRaw | undefined {
  const { type, detail, target, place, answerId, groupId } = message;
  if (place.type === 'post') {
    const hash = target.type === 'comment' ? `#comment-${target.id}` : '';
    return { name: 'post', params: { postId: place.id }, hash };
  }
  if (place.type === 'question') {
    const answer = target.type === 'answer' ? target.id : answerId;
    const hash = answer === null ? '' : `#answer-${answer}`;
    return { name: 'question', params: { questionId: place.id }, hash };
  }
  if (place.type === 'checkIn' && groupId !== null)
    return { name: 'groupCheckIns', params: { groupId }, hash: `#check-in-${place.id}` };
  if (place.type === 'group') {
    if (type === 'application') return { name: 'groupApplications', params: { groupId: place.id } };
    // Who was removed may not see it any more.
    if (type === 'role' && detail === 'removed') return { name: 'groups' };
    return { name: 'group', params: { groupId: place.id } };
  }
  return undefined;
}
