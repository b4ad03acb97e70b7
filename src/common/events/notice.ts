/** What people are told about; each can be switched off by the one who would be told. */
export const NOTICE_TYPES = [
  'comment',
  'reply',
  'like',
  'answer',
  'answerReply',
  'accepted',
  'mention',
  'application',
  'decision',
  'role',
  'reminder',
  'system',
] as const;
export type NoticeType = (typeof NOTICE_TYPES)[number];

/** Kinds of things a notice can be about, or lead to. */
export const NOTICE_OBJECTS = [
  'post',
  'comment',
  'checkIn',
  'question',
  'answer',
  'answerReply',
  'group',
  'application',
  'user',
] as const;
export type NoticeObject = (typeof NOTICE_OBJECTS)[number];

export interface ObjectRef {
  type: NoticeObject;
  id: number;
}

/**
 * An act that people are to be told of. Published in the transaction of the act. Whoever stands in several
 * `receivers` hears of it once, by the first type that he has not switched off; the actor never.
 */
export class Notice {
  readonly receivers: readonly { type: NoticeType; userIds: readonly number[] }[];
  /** Null: the system. */
  readonly actorId: number | null;
  /** What came to be, or what was liked, voted for, accepted, decided. */
  readonly target: ObjectRef;
  /** Where it is read: a post, a check-in, a question, a group. */
  readonly place: ObjectRef;
  /** The answer it belongs to, where there is one between target and place. */
  readonly answerId: number | null;
  /** The group whose visibility holds; null: everybody may read it. */
  readonly groupId: number | null;
  /** What a type leaves open, e.g. `approved` or `refused` of a decision; clients have words for it. */
  readonly detail: string | null;
  /** Of the place, such as a post's title; cut to 120 characters. */
  readonly title: string;
  /** Of the target; cut to 200 characters. */
  readonly excerpt: string;

  constructor(
    parts: Pick<Notice, 'receivers' | 'actorId' | 'target' | 'place' | 'groupId' | 'title'> &
      Partial<Pick<Notice, 'answerId' | 'detail' | 'excerpt'>>,
  ) {
    this.receivers = parts.receivers;
    this.actorId = parts.actorId;
    this.target = parts.target;
    this.place = parts.place;
    this.groupId = parts.groupId;
    this.title = parts.title;
    this.answerId = parts.answerId ?? null;
    this.detail = parts.detail ?? null;
    this.excerpt = parts.excerpt ?? '';
  }
}

/** A like, or a vote in favour, that was taken back. */
export class LikeWithdrawn {
  constructor(
    readonly actorId: number,
    readonly target: ObjectRef,
  ) {}
}
