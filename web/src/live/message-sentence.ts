import type { Message } from './message-lists';

/**
 * Which sentence tells of a message: a key below `messages.sentence`. Its texts take `{actors}` (who did it, see
 * `messages.actors`) and `{title}` (of the place).
 */
export function sentenceKey({ type, target, place, detail }: Message): string {
  switch (type) {
    case 'comment':
      return `comment.${place.type === 'checkIn' ? 'checkIn' : 'post'}`;
    case 'reply':
      return `reply.${place.type === 'checkIn' ? 'checkIn' : 'other'}`;
    case 'like':
      return `like.${one(target.type, ['post', 'comment', 'checkIn', 'question', 'answer'])}`;
    case 'mention':
      return `mention.${one(target.type, ['post', 'comment', 'question', 'answer', 'answerReply'])}`;
    case 'decision':
      return `decision.${one(detail, ['approved', 'refused'])}`;
    case 'role':
      return `role.${one(detail, ['promoted', 'demoted', 'owner', 'removed'])}`;
    case 'answer':
    case 'answerReply':
    case 'accepted':
    case 'application':
    case 'reminder':
    case 'system':
      return type;
  }
}

/** The name itself if there is a sentence for it; `other` for what a newer server may tell. */
function one(name: string | null, known: readonly string[]): string {
  return name !== null && known.includes(name) ? name : 'other';
}
