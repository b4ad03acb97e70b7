import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { illustrate, newlyNamed } from '../../common/content/content-text.js';
import { ConcurrentWriteError, Database } from '../../common/database/database.js';
import { BusinessLog } from '../../common/logging/business-log.js';
import { Clock } from '../../common/time/clock.js';
import { TextWriter, visibleGroups } from '../group/index.js';
import { imagesOf, MediaUrls, UploadService } from '../upload/index.js';
import { UserService } from '../user/index.js';
import { AnswerRepository } from './answer.repository.js';
import type { AnswerDto } from './dto/answer.dto.js';
import type { CreateAnswerDto } from './dto/create-answer.dto.js';
import type { UpdateAnswerDto } from './dto/update-answer.dto.js';
import type { UserAnswerDto } from './dto/user-answer.dto.js';
import { QuestionAccess } from './question-access.js';
import { QuestionFollowRepository } from './question-follow.repository.js';
import { QuestionNotices } from './question-notices.js';
import {
  answerExists,
  answerNotFound,
  questionClosed,
  questionNotFound,
  staleVersion,
} from './question.errors.js';
import { toAnswerDto, toUserAnswerDto } from './question.mapper.js';
import { QuestionRepository } from './question.repository.js';

@Injectable()
export class AnswerService {
  constructor(
    private readonly db: Database,
    private readonly questions: QuestionRepository,
    private readonly answers: AnswerRepository,
    private readonly follows: QuestionFollowRepository,
    private readonly access: QuestionAccess,
    private readonly users: UserService,
    private readonly texts: TextWriter,
    private readonly uploads: UploadService,
    private readonly media: MediaUrls,
    private readonly notices: QuestionNotices,
    private readonly businessLog: BusinessLog,
    private readonly clock: Clock,
  ) {}

  /** One answer per person and question, unless he has deleted the one before. */
  async createAnswer(actor: Actor, questionId: number, dto: CreateAnswerDto): Promise<AnswerDto> {
    const { body, imageIds = [] } = dto;
    const { groupId } = await this.access.question(actor, questionId);
    const text = await this.texts.write(body, groupId);
    const now = this.clock.now();
    return this.db.transaction(async () => {
      const question = await this.access.question(actor, questionId);
      await this.access.assertWriter(actor, groupId);
      const { closedAt } = await this.lockQuestion(questionId);
      if (closedAt !== null) throw questionClosed();
      const answer = {
        questionId,
        authorId: actor.id,
        createdAt: now,
        updatedAt: now,
      };
      const id = await this.answers.insert({ ...text, ...answer });
      if (id === undefined) throw answerExists();
      await this.questions.count(question, { answers: 1 });
      if (imageIds.length > 0) {
        const images = await this.uploads.attach(actor, imageIds, { type: 'answer', id, groupId });
        await this.answers.update(id, illustrate(text, images));
      }
      const told = [question.userId, ...(await this.follows.listFollowers(questionId))];
      const place = { questionId, groupId, questionTitle: question.title };
      await this.notices.answered(actor, { ...place, ...text, id }, newlyNamed(text.mentions), [
        ...new Set(told),
      ]);
      return toAnswerDto(await this.access.answer(actor, id), this.media, actor);
    });
  }

  async getAnswer(actor: Actor, id: number): Promise<UserAnswerDto> {
    return toUserAnswerDto(await this.access.answer(actor, id), this.media, actor);
  }

  /** The accepted one first, then by votes, then the oldest first. */
  async listAnswers(actor: Actor, questionId: number, query: PageQueryDto): Promise<Page<AnswerDto>> {
    const after = query.cursor ? afterOf(query.cursor) : undefined;
    await this.access.question(actor, questionId);
    const rows = await this.answers.list(questionId, actor.id, query.limit + 1, after);
    const page = toPage(rows, query.limit, (row) => encodeCursor([row.accepted, row.voteScore, row.id]));
    return { ...page, items: page.items.map((row) => toAnswerDto(row, this.media, actor)) };
  }

  /** What a person has answered where the actor may see it, newest first. */
  async listUserAnswers(actor: Actor, authorId: number, query: PageQueryDto): Promise<Page<UserAnswerDto>> {
    const [before] = query.cursor ? decodeCursor(query.cursor, ['number']) : [];
    await this.users.getUser(authorId);
    const visible = visibleGroups(actor);
    const rows = await this.answers.listOfAuthor(authorId, actor.id, visible, query.limit + 1, before);
    const page = toPage(rows, query.limit, (row) => encodeCursor([row.id]));
    return { ...page, items: page.items.map((row) => toUserAnswerDto(row, this.media, actor)) };
  }

  async updateAnswer(actor: Actor, id: number, dto: UpdateAnswerDto): Promise<AnswerDto> {
    const { version, body, imageIds } = dto;
    const before = await this.access.answer(actor, id);
    await this.access.assertAuthor(actor, before);
    if (before.version !== version) throw staleVersion();
    const { groupId } = before;
    const text = body === undefined ? undefined : await this.texts.write(body, groupId, imagesOf(before));
    const now = this.clock.now();
    return this.db.transaction(async () => {
      const images =
        imageIds && (await this.uploads.attach(actor, imageIds, { type: 'answer', id, groupId }));
      const shown = images && illustrate(text ?? before, images);
      const changes = { ...text, ...shown, editedAt: now, updatedAt: now };
      if (!(await this.answers.edit(id, version, changes))) throw staleVersion();
      await this.notices.answered(actor, { ...before, ...text }, newlyNamed(text?.mentions, before.mentions));
      return toAnswerDto(await this.access.answer(actor, id), this.media, actor);
    });
  }

  /** By its author, who may answer anew then, or by a moderator, after whom he may not. */
  async deleteAnswer(actor: Actor, id: number, reason?: string): Promise<void> {
    await this.db.transaction(async () => {
      const answer = await this.access.anyAnswer(actor, id);
      const act = { at: this.clock.now(), reason, notFound: answerNotFound };
      const removal = await this.access.removalOf(actor, answer, act);
      if (!removal) return;
      const { questionId, groupId, userId } = answer;
      const { acceptedAnswerId } = await this.lockQuestion(questionId);
      const freed = removal.state === 'author_deleted' ? { authorKey: null } : {};
      if (!(await this.answers.remove(id, { ...removal, ...freed }))) throw new ConcurrentWriteError();
      await this.questions.count({ id: questionId, createdAt: answer.questionCreatedAt }, { answers: -1 });
      if (acceptedAnswerId === id) await this.questions.update(questionId, { acceptedAnswerId: null });
      if (removal.state === 'author_deleted') return;
      const detail = { questionId, groupId, authorId: userId, reason };
      const object = { objectType: 'answer', objectId: id };
      await this.businessLog.record({ actor, action: 'answer.remove', ...object, detail });
    });
  }

  private async lockQuestion(id: number) {
    const question = await this.questions.lock(id);
    if (!question) throw questionNotFound();
    return question;
  }
}

function afterOf(cursor: string) {
  const [accepted, voteScore, id] = decodeCursor(cursor, ['number', 'number', 'number']);
  return { accepted: accepted === 1, voteScore, id };
}
