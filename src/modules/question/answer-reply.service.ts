import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { notInThread } from '../../common/content/content.errors.js';
import { newlyNamed } from '../../common/content/content-text.js';
import { ConcurrentWriteError, Database } from '../../common/database/database.js';
import { BusinessLog } from '../../common/logging/business-log.js';
import { Clock } from '../../common/time/clock.js';
import { TextWriter } from '../group/index.js';
import { AnswerReplyRepository } from './answer-reply.repository.js';
import { AnswerRepository } from './answer.repository.js';
import type { AnswerReplyDto } from './dto/answer-reply.dto.js';
import type { CreateAnswerReplyDto } from './dto/create-answer-reply.dto.js';
import { QuestionAccess } from './question-access.js';
import { QuestionNotices } from './question-notices.js';
import { answerNotFound, replyNotFound } from './question.errors.js';
import { toAnswerReplyDto } from './question.mapper.js';

@Injectable()
export class AnswerReplyService {
  constructor(
    private readonly db: Database,
    private readonly answers: AnswerRepository,
    private readonly replies: AnswerReplyRepository,
    private readonly access: QuestionAccess,
    private readonly texts: TextWriter,
    private readonly notices: QuestionNotices,
    private readonly businessLog: BusinessLog,
    private readonly clock: Clock,
  ) {}

  async createReply(actor: Actor, answerId: number, dto: CreateAnswerReplyDto): Promise<AnswerReplyDto> {
    const { body, replyToUserId = null } = dto;
    const { groupId } = await this.access.answer(actor, answerId);
    const { excerpt, ...text } = await this.texts.write(body, groupId);
    const now = this.clock.now();
    return this.db.transaction(async () => {
      const answer = await this.access.answer(actor, answerId);
      await this.access.assertWriter(actor, groupId);
      if (!(await this.answers.addReplies(answerId, 1))) throw answerNotFound();
      if (replyToUserId !== null && !(await this.replies.takesPart(answerId, replyToUserId)))
        throw notInThread();
      const reply = { answerId, authorId: actor.id, replyToUserId, createdAt: now, updatedAt: now };
      const id = await this.replies.insert({ ...text, ...reply });
      const told = { repliedTo: replyToUserId, answerer: answer.userId };
      await this.notices.replied(
        actor,
        { ...answer, id, answerId, excerpt },
        newlyNamed(text.mentions),
        told,
      );
      return toAnswerReplyDto(await this.access.reply(actor, id));
    });
  }

  /** Oldest first. */
  async listReplies(actor: Actor, answerId: number, query: PageQueryDto): Promise<Page<AnswerReplyDto>> {
    const [after] = query.cursor ? decodeCursor(query.cursor, ['number']) : [];
    await this.access.answer(actor, answerId);
    const rows = await this.replies.list(answerId, query.limit + 1, after);
    const page = toPage(rows, query.limit, (row) => encodeCursor([row.id]));
    return { ...page, items: page.items.map(toAnswerReplyDto) };
  }

  async updateReply(actor: Actor, id: number, body: string): Promise<AnswerReplyDto> {
    const { groupId } = await this.access.reply(actor, id);
    const { excerpt, ...text } = await this.texts.write(body, groupId);
    const now = this.clock.now();
    return this.db.transaction(async () => {
      const reply = await this.access.reply(actor, id);
      await this.access.assertAuthor(actor, reply);
      const changes = { ...text, editedAt: now, updatedAt: now };
      if (!(await this.replies.change(id, changes))) throw replyNotFound();
      await this.notices.replied(actor, { ...reply, excerpt }, newlyNamed(text.mentions, reply.mentions));
      return toAnswerReplyDto(await this.access.reply(actor, id));
    });
  }

  /** By its author or a moderator. */
  async deleteReply(actor: Actor, id: number, reason?: string): Promise<void> {
    await this.db.transaction(async () => {
      const reply = await this.access.anyReply(actor, id);
      const act = { at: this.clock.now(), reason, notFound: replyNotFound };
      const removal = await this.access.removalOf(actor, reply, act);
      if (!removal) return;
      const { answerId, groupId, userId } = reply;
      if (!(await this.answers.addReplies(answerId, -1))) throw replyNotFound();
      if (!(await this.replies.change(id, removal))) throw new ConcurrentWriteError();
      if (removal.state === 'author_deleted') return;
      const detail = { answerId, groupId, authorId: userId, reason };
      const object = { objectType: 'answerReply', objectId: id };
      await this.businessLog.record({ actor, action: 'answerReply.remove', ...object, detail });
    });
  }
}
