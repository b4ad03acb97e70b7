import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, toPage, badCursor } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { illustrate, newlyNamed } from '../../common/content/content-text.js';
import { hotScoreOf } from '../../common/content/hot-score.js';
import { Database } from '../../common/database/database.js';
import { currentRequest } from '../../common/request/request-context.js';
import { Clock } from '../../common/time/clock.js';
import { definedOf } from '../../common/objects.js';
import { GroupAccess, TextWriter, visibleGroups } from '../group/index.js';
import { imagesOf, MediaUrls, UploadService } from '../upload/index.js';
import { UserService } from '../user/index.js';
import type { CreateQuestionDto } from './dto/create-question.dto.js';
import type { ListQuestionsQueryDto } from './dto/list-questions-query.dto.js';
import type { QuestionCategoryDto } from './dto/question-category.dto.js';
import type { QuestionDetailDto } from './dto/question-detail.dto.js';
import type { QuestionDto } from './dto/question.dto.js';
import type { UpdateQuestionDto } from './dto/update-question.dto.js';
import { QuestionAccess } from './question-access.js';
import { QuestionFollowRepository } from './question-follow.repository.js';
import { QuestionNotices } from './question-notices.js';
import { QuestionViews } from './question-views.js';
import { questionCategoryNotFound, staleVersion } from './question.errors.js';
import { toQuestionDetailDto, toQuestionDto } from './question.mapper.js';
import {
  type ListQuestionsFilter,
  type QuestionListRow,
  QuestionRepository,
  type QuestionSort,
} from './question.repository.js';

@Injectable()
export class QuestionService {
  constructor(
    private readonly db: Database,
    private readonly questions: QuestionRepository,
    private readonly follows: QuestionFollowRepository,
    private readonly access: QuestionAccess,
    private readonly groups: GroupAccess,
    private readonly users: UserService,
    private readonly texts: TextWriter,
    private readonly uploads: UploadService,
    private readonly media: MediaUrls,
    private readonly notices: QuestionNotices,
    private readonly views: QuestionViews,
    private readonly clock: Clock,
  ) {}

  /** The asker follows it from the start. */
  async createQuestion(actor: Actor, dto: CreateQuestionDto): Promise<QuestionDetailDto> {
    const { title, body, categoryId, groupId = null, imageIds = [] } = dto;
    const text = await this.texts.write(body, groupId);
    const now = this.clock.now();
    const question = {
      ...text,
      groupId,
      categoryId,
      authorId: actor.id,
      title,
      followerCount: 1,
      hotScore: hotScoreOf(now, 1),
      createdAt: now,
      updatedAt: now,
    };
    return this.db.transaction(async () => {
      await this.access.assertWriter(actor, groupId);
      await this.assertCategory(categoryId);
      const id = await this.questions.insert(question);
      await this.follows.insert(id, actor.id, now);
      if (imageIds.length > 0) {
        const images = await this.uploads.attach(actor, imageIds, { type: 'question', id, groupId });
        await this.questions.update(id, illustrate(text, images));
      }
      await this.notices.asked(actor, { ...question, id }, newlyNamed(text.mentions));
      return this.detail(actor, id);
    });
  }

  async getQuestion(actor: Actor, id: number): Promise<QuestionDetailDto> {
    const detail = await this.detail(actor, id);
    if (detail.author.id !== actor.id) this.views.note(id, actor.id);
    return detail;
  }

  async updateQuestion(actor: Actor, id: number, dto: UpdateQuestionDto): Promise<QuestionDetailDto> {
    const { version, title, body, categoryId, imageIds } = dto;
    const before = await this.access.question(actor, id);
    await this.access.assertAuthor(actor, before);
    if (before.version !== version) throw staleVersion();
    const { groupId } = before;
    const text = body === undefined ? undefined : await this.texts.write(body, groupId, imagesOf(before));
    const now = this.clock.now();
    return this.db.transaction(async () => {
      if (categoryId !== undefined) await this.assertCategory(categoryId);
      const target = { type: 'question', id, groupId } as const;
      const images = imageIds && (await this.uploads.attach(actor, imageIds, target));
      const shown = images && illustrate(text ?? before, images);
      const changes = {
        ...definedOf({ title, categoryId }),
        ...text,
        ...shown,
        editedAt: now,
        updatedAt: now,
      };
      if (!(await this.questions.edit(id, version, changes))) throw staleVersion();
      await this.notices.asked(actor, { ...before, ...changes }, newlyNamed(text?.mentions, before.mentions));
      return this.detail(actor, id);
    });
  }

  /** Of one group, or of all that the actor may see. */
  async listQuestions(actor: Actor, query: ListQuestionsQueryDto): Promise<Page<QuestionDto>> {
    const { groupId, categoryId, sort = 'new', mine, limit } = query;
    const after = query.cursor ? afterOf(query.cursor, sort) : undefined;
    if (groupId !== undefined) await this.groups.view(actor, groupId);
    const visible = groupId === undefined ? visibleGroups(actor) : undefined;
    const authorId = mine ? actor.id : undefined;
    return this.page(actor, { visible, groupId, categoryId, authorId, sort, after, limit });
  }

  /** What a person has asked where the actor may see it, newest first. */
  async listUserQuestions(actor: Actor, authorId: number, query: PageQueryDto): Promise<Page<QuestionDto>> {
    const after = query.cursor ? afterOf(query.cursor, 'new') : undefined;
    await this.users.getUser(authorId);
    return this.page(actor, {
      visible: visibleGroups(actor),
      authorId,
      sort: 'new',
      after,
      limit: query.limit,
    });
  }

  async listQuestionCategories(): Promise<QuestionCategoryDto[]> {
    const language = currentRequest()?.language ?? 'en';
    const categories = await this.questions.listCategories();
    return categories.map(({ id, slug, nameEn, nameZh }) => ({
      id,
      slug,
      name: language === 'zh' ? nameZh : nameEn,
    }));
  }

  private async page(actor: Actor, filter: ListQuestionsFilter): Promise<Page<QuestionDto>> {
    const { sort, limit } = filter;
    const rows = await this.questions.list({ ...filter, limit: limit + 1 });
    const page = toPage(rows, limit, (row) => encodeCursor([sort, sortValue(sort, row), row.id]));
    return { ...page, items: page.items.map((row) => toQuestionDto(row, this.media, actor)) };
  }

  private async detail(actor: Actor, id: number): Promise<QuestionDetailDto> {
    return toQuestionDetailDto(await this.access.question(actor, id), this.media, actor);
  }

  private async assertCategory(id: number): Promise<void> {
    if (!(await this.questions.categoryExists(id))) throw questionCategoryNotFound();
  }
}

const sortValue = (sort: QuestionSort, { id, hotScore }: QuestionListRow) => (sort === 'hot' ? hotScore : id);

function afterOf(cursor: string, sort: QuestionSort): { value: number; id: number } {
  const [cursorSort, value, id] = decodeCursor(cursor, ['string', 'number', 'number']);
  if (cursorSort !== sort) throw badCursor();
  return { value, id };
}
