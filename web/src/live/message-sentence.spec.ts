import { describe, expect, it } from 'vitest';
import en from '@/locales/en/messages.json';
import chinese from '@/locales/zh-CN/messages.json';
import type { Message } from './message-lists';
import { sentenceKey } from './message-sentence';

type Kind = [Message['type'], Message['target']['type'], Message['place']['type'], (string | null)?];

const KINDS: Kind[] = [
  ['comment', 'comment', 'post'],
  ['comment', 'comment', 'checkIn'],
  ['reply', 'comment', 'post'],
  ['reply', 'comment', 'checkIn'],
  ['reply', 'answerReply', 'question'],
  ['like', 'post', 'post'],
  ['like', 'comment', 'checkIn'],
  ['like', 'checkIn', 'checkIn'],
  ['like', 'question', 'question'],
  ['like', 'answer', 'question'],
  ['answer', 'answer', 'question'],
  ['answerReply', 'answerReply', 'question'],
  ['accepted', 'answer', 'question'],
  ['mention', 'post', 'post'],
  ['mention', 'comment', 'post'],
  ['mention', 'question', 'question'],
  ['mention', 'answer', 'question'],
  ['mention', 'answerReply', 'question'],
  ['application', 'application', 'group'],
  ['decision', 'application', 'group', 'approved'],
  ['decision', 'application', 'group', 'refused'],
  ['role', 'group', 'group', 'promoted'],
  ['role', 'group', 'group', 'demoted'],
  ['role', 'group', 'group', 'owner'],
  ['role', 'group', 'group', 'removed'],
  ['reminder', 'group', 'group'],
  ['system', 'user', 'group'],
];

const textOf = (texts: object, key: string) =>
  key.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], texts);

describe('sentenceKey', () => {
  it.each(KINDS)(
    'names a sentence of both languages for %s of %s in %s (%s)',
    (type, target, place, detail) => {
      const key = sentenceKey({
        type,
        target: { type: target, id: 1 },
        place: { type: place, id: 2 },
        detail: detail ?? null,
      } as Message);
      expect(textOf(en.sentence, key)).toBeTypeOf('string');
      expect(textOf(chinese.sentence, key)).toBeTypeOf('string');
    },
  );

  it('gives every kind a sentence of its own', () => {
    const keys = KINDS.map(([type, target, place, detail]) =>
      sentenceKey({
        type,
        target: { type: target },
        place: { type: place },
        detail: detail ?? null,
      } as Message),
    );
    // Replies below a post and below a question read alike.
    expect(new Set(keys).size).toBe(KINDS.length - 1);
  });

  it('has words for what it does not know', () => {
    const unknown = { type: 'role', target: {}, place: {}, detail: 'crowned' } as Message;
    expect(sentenceKey(unknown)).toBe('role.other');
  });
});
