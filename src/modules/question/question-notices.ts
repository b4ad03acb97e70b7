import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { DomainEvents } from '../../common/events/domain-events.js';
import { LikeWithdrawn, Notice, type NoticeObject, type NoticeType } from '../../common/events/notice.js';
import type { AnswerRow } from './answer.repository.js';
import type { VoteTarget } from './vote.entity.js';
import type { VoteValue } from './vote.repository.js';

interface Asked {
  id: number;
  groupId: number | null;
  title: string;
}

interface Text {
  id: number;
  excerpt: string;
}

type Receivers = { type: NoticeType; userIds: readonly number[] }[];
type AnswerPlace = Pick<AnswerRow, 'questionId' | 'groupId' | 'questionTitle'>;

const questionOf = ({ questionId, groupId, questionTitle }: AnswerPlace): Asked => ({
  id: questionId,
  groupId,
  title: questionTitle,
});

/** Tells the rest of the product what people are to be told of, in the transaction of the act. */
@Injectable()
export class QuestionNotices {
  constructor(private readonly events: DomainEvents) {}

  async asked(actor: Actor, question: Asked & Text, named: readonly number[]): Promise<void> {
    const receivers: Receivers = [{ type: 'mention', userIds: named }];
    await this.publish(actor, question, 'question', question, receivers);
  }

  /** @param told the asker and those who follow the question */
  async answered(
    actor: Actor,
    answer: AnswerPlace & Text,
    named: readonly number[],
    told: readonly number[] = [],
  ): Promise<void> {
    const receivers: Receivers = [
      { type: 'mention', userIds: named },
      { type: 'answer', userIds: told },
    ];
    await this.publish(actor, questionOf(answer), 'answer', answer, receivers);
  }

  async replied(
    actor: Actor,
    reply: AnswerPlace & Text & { answerId: number },
    named: readonly number[],
    told: { repliedTo?: number | null; answerer?: number } = {},
  ): Promise<void> {
    const receivers: Receivers = [
      { type: 'reply', userIds: told.repliedTo ? [told.repliedTo] : [] },
      { type: 'mention', userIds: named },
      { type: 'answerReply', userIds: told.answerer ? [told.answerer] : [] },
    ];
    await this.publish(actor, questionOf(reply), 'answerReply', reply, receivers);
  }

  async accepted(actor: Actor, answer: AnswerRow): Promise<void> {
    const receivers: Receivers = [{ type: 'accepted', userIds: [answer.userId] }];
    await this.publish(actor, questionOf(answer), 'answer', answer, receivers);
  }

  async voted(
    actor: Actor,
    voted: Text & { type: VoteTarget; userId: number; question: Asked },
    [before, value]: readonly [VoteValue, VoteValue],
  ): Promise<void> {
    const { type, id, userId, question } = voted;
    const receivers: Receivers = [{ type: 'like', userIds: [userId] }];
    if (value === 1) await this.publish(actor, question, type, voted, receivers);
    else if (before === 1) await this.events.publish(new LikeWithdrawn(actor.id, { type, id }));
  }

  private async publish(
    actor: Actor,
    question: Asked,
    type: NoticeObject,
    { id, excerpt, answerId }: Text & { answerId?: number },
    receivers: Receivers,
  ): Promise<void> {
    if (receivers.every(({ userIds }) => userIds.length === 0)) return;
    const place = { type: 'question', id: question.id } as const;
    const { groupId, title } = question;
    const target = { type, id };
    await this.events.publish(
      new Notice({ receivers, actorId: actor.id, target, place, answerId, groupId, title, excerpt }),
    );
  }
}
