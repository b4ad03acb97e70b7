import { describe, expect, it } from 'vitest';
import {
  changeMessages,
  withMessage,
  withOneRead,
  withRead,
  type Message,
  type MessagePages,
} from './message-lists';

const message = (id: number, over: Partial<Message> = {}) =>
  ({ id, type: 'like', actorCount: 1, unread: true, ...over }) as Message;
const pagesOf = (...pages: number[][]): MessagePages => ({
  pages: pages.map((ids) => ({ items: ids.map((id) => message(id)), nextCursor: null })),
  pageParams: pages.map(() => undefined),
});
const ids = ({ pages }: MessagePages) => pages.map(({ items }) => items.map(({ id }) => id));

describe('withMessage', () => {
  it('puts a new one on top', () => {
    expect(ids(withMessage(pagesOf([3, 2], [1]), {}, message(4)))).toEqual([[4, 3, 2], [1]]);
  });

  it('replaces one that more people joined, where it is', () => {
    const after = withMessage(pagesOf([3, 2], [1]), {}, message(1, { actorCount: 2 }));
    expect(ids(after)).toEqual([[3, 2], [1]]);
    expect(after.pages[1]!.items[0]!.actorCount).toBe(2);
  });

  it('leaves lists of other types alone', () => {
    const before = pagesOf([1]);
    expect(withMessage(before, { types: ['comment'] }, message(2))).toBe(before);
    expect(ids(withMessage(before, { types: ['comment', 'like'] }, message(2)))).toEqual([[2, 1]]);
  });
});

describe('changeMessages', () => {
  it('takes out what becomes nothing', () => {
    expect(ids(changeMessages(pagesOf([3, 2], [1]), (one) => (one.id === 2 ? undefined : one)))).toEqual([
      [3],
      [1],
    ]);
  });
});

describe('the unread counts', () => {
  const none = {
    comment: 0,
    reply: 0,
    like: 0,
    answer: 0,
    answerReply: 0,
    accepted: 0,
    mention: 0,
    application: 0,
    decision: 0,
    role: 0,
    reminder: 0,
    system: 0,
  };
  const counts = { total: 5, types: { ...none, like: 3, comment: 2 } };

  it('are without what was read', () => {
    expect(withRead(counts)).toEqual({ total: 0, types: none });
    expect(withRead(counts, ['like'])).toEqual({ total: 2, types: { ...none, comment: 2 } });
    expect(withOneRead(counts, 'like').total).toBe(4);
  });

  it('never fall below nothing', () => {
    expect(withOneRead(counts, 'mention')).toEqual(counts);
  });
});
