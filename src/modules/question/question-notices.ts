import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { DomainEvents } from '../../common/events/domain-events.js';
import { LikeWithdrawn, Notice, type NoticeType } from '../../common/events/notice.js';
import { excerptOf } from '../../common/markdown/render-markdown.js';
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
  body: string;
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
    await this.publish(actor, question, { type: 'question', id: question.id }, receivers, question.body);
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
    await this.publish(actor, questionOf(answer), { type: 'answer', id: answer.id }, receivers, answer.body);
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
    const target = { type: 'answerReply', id: reply.id } as const;
    await this.publish(actor, questionOf(reply), target, receivers, reply.body, reply.answerId);
  }

  async accepted(actor: Actor, answer: AnswerRow): Promise<void> {
    const receivers: Receivers = [{ type: 'accepted', userIds: [answer.userId] }];
    await this.publish(actor, questionOf(answer), { type: 'answer', id: answer.id }, receivers, answer.body);
  }

  async voted(
    actor: Actor,
    voted: { type: VoteTarget; id: number; userId: number; body: string; question: Asked },
    [before, value]: readonly [VoteValue, VoteValue],
  ): Promise<void> {
    const target = { type: voted.type, id: voted.id };
    const receivers: Receivers = [{ type: 'like', userIds: [voted.userId] }];
    if (value === 1) await this.publish(actor, voted.question, target, receivers, voted.body);
    else if (before === 1) await this.events.publish(new LikeWithdrawn(actor.id, target));
  }

  private async publish(
    actor: Actor,
    question: Asked,
    target: Notice['target'],
    receivers: Receivers,
    body: string,
    answerId: number | null = null,
  ): Promise<void> {
    if (receivers.every(({ userIds }) => userIds.length === 0)) return;
    const place = { type: 'question', id: question.id } as const;
    const { groupId, title } = question;
    const excerpt = excerptOf(body);
    await this.events.publish(
      new Notice({ receivers, actorId: actor.id, target, place, answerId, groupId, title, excerpt }),
    );
  }
}
