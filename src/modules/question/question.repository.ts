import { Injectable } from '@nestjs/common';
import type { ContentState } from '../../common/content/content-state.js';
import { hotBaseOf, hotPointsSql } from '../../common/content/hot-score.js';
import { Database, type SqlValue } from '../../common/database/database.js';
import { type Instant, instantOf } from '../../common/database/values.js';
import { QuestionCategory } from './question-category.entity.js';
import { Question } from './question.entity.js';

/** A condition on the row `g` of `group_info`, for those groups that somebody may see. */
export interface VisibleGroups {
  sql: string;
  params: readonly SqlValue[];
}

export interface QuestionListRow {
  id: number;
  groupId: number | null;
  groupName: string | null;
  groupVisibility: 'public' | 'private' | null;
  categoryId: number;
  /** Of the author. */
  userId: number;
  nickname: string;
  avatar: string | null;
  title: string;
  excerpt: string;
  images: unknown;
  answerCount: number;
  voteScore: number;
  viewCount: number;
  followerCount: number;
  hotScore: number;
  acceptedAnswerId: number | null;
  closedAt: Instant | null;
  createdAt: Instant;
  editedAt: Instant | null;
}

export interface QuestionRow extends QuestionListRow {
  body: string;
  html: string;
  htmlVersion: number;
  mentions: unknown;
  version: number;
  state: ContentState;
  removedBy: number | null;
  closedBy: number | null;
  closeReason: string | null;
  myVote: 1 | -1 | null;
  /** Of my following it. */
  followId: number | null;
  myAnswerId: number | null;
}

export type QuestionSort = 'new' | 'hot' | 'unanswered';

export interface ListQuestionsFilter {
  /** Left out where one group's questions are listed, whose visibility is known. */
  visible?: VisibleGroups;
  groupId?: number;
  categoryId?: number;
  authorId?: number;
  sort: QuestionSort;
  /** Sort value and id of the last row of the page before. */
  after?: { value: number; id: number };
  limit: number;
}

/** What changes with the rows below a question. */
export interface QuestionDelta {
  answers?: number;
  votes?: number;
  followers?: number;
}

/** Of the row `q` with its group, where it has one, as `g`. */
export const placeIsVisible = ({ sql }: VisibleGroups): string => `(q.group_id is null or (${sql}))`;

const LIST_COLUMNS = `q.id, q.group_id as groupId, g.name as groupName, g.visibility as groupVisibility,
  q.category_id as categoryId, q.author_id as userId, u.nickname, u.avatar, q.title, q.excerpt, q.images,
  q.answer_count as answerCount, q.vote_score as voteScore, q.view_count as viewCount,
  q.follower_count as followerCount, q.hot_score as hotScore, q.accepted_answer_id as acceptedAnswerId,
  q.closed_at as closedAt, q.created_at as createdAt, q.edited_at as editedAt`;

const DETAIL_COLUMNS = `q.body, q.html, q.html_version as htmlVersion, q.mentions, q.version, q.state,
  q.removed_by as removedBy, q.closed_by as closedBy, q.close_reason as closeReason, v.value as myVote,
  f.id as followId, ma.id as myAnswerId`;

const indexOf = ({ sort, ...of }: Omit<ListQuestionsFilter, 'visible' | 'after' | 'limit'>): string => {
  if (of.authorId !== undefined) return 'ix_questions_author';
  if (of.groupId !== undefined) return sort === 'hot' ? 'ix_questions_group_hot' : 'ix_questions_group_new';
  return of.categoryId === undefined ? `ix_questions_${sort}` : `ix_questions_category_${sort}`;
};

const POINTS = `2 * (answer_count + ?) + (follower_count + ?)
  + case when vote_score + ? > 0 then vote_score + ? else 0 end`;

@Injectable()
export class QuestionRepository {
  constructor(private readonly db: Database) {}

  /** In whatever state it is, where the person may see its place. */
  find(id: number, userId: number, visible: VisibleGroups): Promise<QuestionRow | undefined> {
    const sql = `select ${LIST_COLUMNS}, ${DETAIL_COLUMNS} from questions q
      join users u on u.id = q.author_id
      left join group_info g on g.id = q.group_id
      left join votes v on v.target_type = 'question' and v.target_id = q.id and v.user_id = ?
      left join question_follows f on f.question_id = q.id and f.user_id = ?
      left join answers ma on ma.author_key = ? and ma.state = 'visible'
      where q.id = ? and ${placeIsVisible(visible)}`;
    const params = [userId, userId, `${id}:${userId}`, id, ...visible.params];
    return this.db.row<QuestionRow>(sql, params);
  }

  /** A page of visible questions, taken off an index before anything is joined to it. */
  list({ visible, sort, after, limit, ...of }: ListQuestionsFilter): Promise<QuestionListRow[]> {
    const where = ["q.state = 'visible'"];
    const params: SqlValue[] = [];
    const and = (sql: string, ...values: SqlValue[]) => {
      where.push(sql);
      params.push(...values);
    };
    if (of.groupId !== undefined) and('q.group_id = ?', of.groupId);
    if (of.categoryId !== undefined) and('q.category_id = ?', of.categoryId);
    if (of.authorId !== undefined) and('q.author_id = ?', of.authorId);
    if (sort === 'unanswered') and('q.answer_count = 0 and q.closed_at is null');
    if (after && sort === 'hot')
      and('q.hot_score <= ? and (q.hot_score < ? or q.id < ?)', after.value, after.value, after.id);
    else if (after) and('q.id < ?', after.id);
    if (visible) and(placeIsVisible(visible), ...visible.params);
    const order = sort === 'hot' ? 'q.hot_score desc, q.id desc' : 'q.id desc';
    const index = this.db.dialect.alongIndex(indexOf({ sort, ...of }));
    const page = `select q.id from questions q${index} ${visible ? 'left join group_info g on g.id = q.group_id' : ''}
      where ${where.join(' and ')} order by ${order} limit ${limit}`;
    const sql = `select ${LIST_COLUMNS} from (${page}) p join questions q on q.id = p.id
      join users u on u.id = q.author_id left join group_info g on g.id = q.group_id order by ${order}`;
    return this.db.rows<QuestionListRow>(sql, params);
  }

  insert(question: Partial<Question>): Promise<number> {
    return this.db.insert(Question, question);
  }

  async update(id: number, changes: Partial<Question>): Promise<void> {
    await this.db.repo(Question).update({ id }, changes);
  }

  /** False when it is no longer in that state. */
  async changeState(id: number, from: ContentState, changes: Partial<Question>): Promise<boolean> {
    return (await this.db.repo(Question).update({ id, state: from }, changes)).affected === 1;
  }

  /** False when it has been edited since that version, or taken away. */
  async edit(id: number, version: number, changes: Partial<Question>): Promise<boolean> {
    const edited = { ...changes, version: version + 1 };
    const result = await this.db.repo(Question).update({ id, version, state: 'visible' }, edited);
    return result.affected === 1;
  }

  /**
   * Makes whoever else answers it, accepts, votes, follows or closes wait until the transaction is over.
   * Undefined when it has been taken away.
   */
  lock(
    id: number,
  ): Promise<Pick<QuestionRow, 'closedAt' | 'acceptedAnswerId' | 'voteScore' | 'followerCount'> | undefined> {
    const sql = `select closed_at as closedAt, accepted_answer_id as acceptedAnswerId, vote_score as voteScore,
      follower_count as followerCount
      from questions where id = ? and state = 'visible'${this.db.dialect.forUpdate}`;
    return this.db.row(sql, [id]);
  }

  /** Changes its counters, and with them how hot it is. */
  async count(
    { id, createdAt }: { id: number; createdAt: Instant },
    { answers = 0, votes = 0, followers = 0 }: QuestionDelta,
  ): Promise<void> {
    // The score comes first: MySQL would compute it from counters that have been changed already.
    const sql = `update questions set hot_score = ? + ${hotPointsSql(POINTS)}, answer_count = answer_count + ?,
      vote_score = vote_score + ?, follower_count = follower_count + ? where id = ?`;
    const points = [answers, followers, votes, votes];
    await this.db.run(sql, [hotBaseOf(instantOf(createdAt)), ...points, answers, votes, followers, id]);
  }

  async addViews(id: number, views: number): Promise<void> {
    await this.db.run('update questions set view_count = view_count + ? where id = ?', [views, id]);
  }

  listCategories(): Promise<QuestionCategory[]> {
    return this.db.repo(QuestionCategory).find({ order: { position: 'ASC' } });
  }

  categoryExists(id: number): Promise<boolean> {
    return this.db.repo(QuestionCategory).existsBy({ id });
  }
}
