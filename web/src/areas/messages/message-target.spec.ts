import { describe, expect, it } from 'vitest';
import type { Message } from '@/live/message-lists';
import { targetOf } from './message-target';

const message = (over: object) => ({ answerId: null, groupId: 7, detail: null, ...over }) as Message;

describe('targetOf', () => {
  it('leads to a comment below its post', () => {
    const comment = message({ target: { type: 'comment', id: 5 }, place: { type: 'post', id: 3 } });
    expect(targetOf(comment)).toEqual({ name: 'post', params: { postId: 3 }, hash: '#comment-5' });
  });

  it('leads to a post that was liked', () => {
    const like = message({ type: 'like', target: { type: 'post', id: 3 }, place: { type: 'post', id: 3 } });
    expect(targetOf(like)).toEqual({ name: 'post', params: { postId: 3 }, hash: '' });
  });

  it('leads to an answer, also from a reply to it', () => {
    const place = { type: 'question', id: 9 };
    const page = { name: 'question', params: { questionId: 9 } };
    expect(targetOf(message({ target: { type: 'answer', id: 4 }, place }))).toEqual({
      ...page,
      hash: '#answer-4',
    });
    const reply = message({ target: { type: 'answerReply', id: 8 }, place, answerId: 4 });
    expect(targetOf(reply)).toEqual({ ...page, hash: '#answer-4' });
    expect(targetOf(message({ target: place, place }))).toEqual({ ...page, hash: '' });
  });

  it('leads to a check-in in its group, also from a comment on it', () => {
    const comment = message({ target: { type: 'comment', id: 5 }, place: { type: 'checkIn', id: 3 } });
    expect(targetOf(comment)).toEqual({ name: 'groupCheckIns', params: { groupId: 7 }, hash: '#check-in-3' });
  });

  it('leads to the applications, the group, or away from a group that one was removed from', () => {
    const place = { type: 'group', id: 7 };
    const params = { groupId: 7 };
    expect(targetOf(message({ type: 'application', place }))).toEqual({ name: 'groupApplications', params });
    expect(targetOf(message({ type: 'reminder', place }))).toEqual({ name: 'group', params });
    expect(targetOf(message({ type: 'role', detail: 'removed', place }))).toEqual({ name: 'groups' });
  });
});
