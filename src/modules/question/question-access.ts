import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { actorCan } from '../../common/auth/role.js';
import type { ContentState } from '../../common/content/content-state.js';
import { type Removal, removalOf } from '../../common/content/removal.js';
import type { AppError } from '../../common/errors/app-error.js';
import { GroupAccess, mayDo, visibleGroups } from '../group/index.js';
import { type AnswerReplyRow, AnswerReplyRepository } from './answer-reply.repository.js';
import { type AnswerRow, AnswerRepository } from './answer.repository.js';
import { answerNotFound, noPermission, questionNotFound, replyNotFound } from './question.errors.js';
import { type QuestionRow, QuestionRepository } from './question.repository.js';

interface Written {
  /** Its author. */
  userId: number;
  groupId: number | null;
  state: ContentState;
  removedBy: number | null;
}

/** Who sees a question and what is below it, and who may act on it. What may not be seen is not found. */
@Injectable()
export class QuestionAccess {
  constructor(
    private readonly groups: GroupAccess,
    private readonly questions: QuestionRepository,
    private readonly answers: AnswerRepository,
    private readonly replies: AnswerReplyRepository,
  ) {}

  /** Also one that was taken away, unlike `question`. */
  async anyQuestion(actor: Actor, id: number): Promise<QuestionRow> {
    const row = await this.questions.find(id, actor.id, visibleGroups(actor));
    if (!row) throw questionNotFound();
    return row;
  }

  async question(actor: Actor, id: number): Promise<QuestionRow> {
    const row = await this.anyQuestion(actor, id);
    if (row.state !== 'visible') throw questionNotFound();
    return row;
  }

  async anyAnswer(actor: Actor, id: number): Promise<AnswerRow> {
    const row = await this.answers.find(id, actor.id, visibleGroups(actor));
    if (!row) throw answerNotFound();
    return row;
  }

  async answer(actor: Actor, id: number): Promise<AnswerRow> {
    const row = await this.anyAnswer(actor, id);
    if (row.state !== 'visible') throw answerNotFound();
    return row;
  }

  async anyReply(actor: Actor, id: number): Promise<AnswerReplyRow> {
    const row = await this.replies.find(id, visibleGroups(actor));
    if (!row) throw replyNotFound();
    return row;
  }

  async reply(actor: Actor, id: number): Promise<AnswerReplyRow> {
    const row = await this.anyReply(actor, id);
    if (row.state !== 'visible') throw replyNotFound();
    return row;
  }

  /** Everybody may write where the whole site was asked; in a group its members, unless muted. */
  async assertWriter(actor: Actor, groupId: number | null): Promise<void> {
    if (groupId !== null) await this.groups.asWriter(actor, groupId);
  }

  /** The author, as long as he may still write there. */
  async assertAuthor(actor: Actor, { userId, groupId }: Written): Promise<void> {
    if (userId !== actor.id) throw noPermission();
    await this.assertWriter(actor, groupId);
  }

  async mayModerate(actor: Actor, groupId: number | null): Promise<boolean> {
    if (groupId === null) return actorCan(actor, 'content:moderate');
    return mayDo(actor, await this.groups.view(actor, groupId), 'moderateContent');
  }

  /** See `removalOf`. */
  removalOf(
    actor: Actor,
    { userId, groupId, ...written }: Written,
    act: { at: Date; reason?: string; notFound: () => AppError },
  ): Promise<Removal | undefined> {
    const moderates = () => this.mayModerate(actor, groupId);
    return removalOf(actor, { ...written, authorId: userId }, { ...act, moderates });
  }
}
