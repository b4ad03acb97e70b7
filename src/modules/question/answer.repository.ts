import { Injectable } from '@nestjs/common';
import type { ContentState } from '../../common/content/content-state.js';
import { Database, type SqlValue } from '../../common/database/database.js';
import type { Instant } from '../../common/database/values.js';
import { Answer } from './answer.entity.js';
import { placeIsVisible, type VisibleGroups } from './question.repository.js';

/** An answer with what it takes to show it, and its question. */
export interface AnswerRow {
  id: number;
  questionId: number;
  /** Of the author. */
  userId: number;
  nickname: string;
  avatar: string | null;
  body: string;
  html: string;
  htmlVersion: number;
  mentions: unknown;
  excerpt: string;
  images: unknown;
  voteScore: number;
  accepted: number;
  replyCount: number;
  version: number;
  createdAt: Instant;
  editedAt: Instant | null;
  state: ContentState;
  removedBy: number | null;
  myVote: 1 | -1 | null;
  askerId: number;
  groupId: number | null;
  groupVisibility: 'public' | 'private' | null;
  questionTitle: string;
  questionCreatedAt: Instant;
}

/** Its first parameter is who looks. */
const SELECT = `select a.id, a.question_id as questionId, a.author_id as userId, u.nickname, u.avatar, a.body,
  a.html, a.html_version as htmlVersion, a.mentions, a.excerpt, a.images, a.vote_score as voteScore, a.accepted,
  a.reply_count as replyCount, a.version, a.created_at as createdAt, a.edited_at as editedAt, a.state,
  a.removed_by as removedBy, v.value as myVote, q.author_id as askerId, q.group_id as groupId,
  g.visibility as groupVisibility, q.title as questionTitle, q.created_at as questionCreatedAt
  from answers a join users u on u.id = a.author_id
  join questions q on q.id = a.question_id and q.state = 'visible'
  left join group_info g on g.id = q.group_id
  left join votes v on v.target_type = 'answer' and v.target_id = a.id and v.user_id = ?`;

const authorKeyOf = (questionId: number, userId: number) => `${questionId}:${userId}`;

@Injectable()
export class AnswerRepository {
  constructor(private readonly db: Database) {}

  /** In whatever state it is, where its question is there and the person may see the place. */
  find(id: number, userId: number, visible: VisibleGroups): Promise<AnswerRow | undefined> {
    const sql = `${SELECT} where a.id = ? and ${placeIsVisible(visible)}`;
    return this.db.row<AnswerRow>(sql, [userId, id, ...visible.params]);
  }

  /** The accepted one first, then by votes, then the oldest first. */
  list(
    questionId: number,
    userId: number,
    limit: number,
    after?: { accepted: boolean; voteScore: number; id: number },
  ): Promise<AnswerRow[]> {
    const params: SqlValue[] = [userId, questionId];
    let rest = '';
    if (after) {
      // At most one is accepted: what comes after any is not.
      rest = 'and b.accepted = ?';
      params.push(false);
      if (!after.accepted) {
        rest += ' and b.vote_score <= ? and (b.vote_score < ? or b.id > ?)';
        params.push(after.voteScore, after.voteScore, after.id);
      }
    }
    const index = this.db.dialect.alongIndex('ix_answers_list');
    const page = `select b.id from answers b${index} where b.question_id = ? and b.state = 'visible' ${rest}
      order by b.accepted desc, b.vote_score desc, b.id limit ${limit}`;
    const sql = `${SELECT} join (${page}) p on p.id = a.id order by a.accepted desc, a.vote_score desc, a.id`;
    return this.db.rows<AnswerRow>(sql, params);
  }

  /** What a person has answered, as far as the looker may see the questions; newest first. */
  listOfAuthor(
    authorId: number,
    userId: number,
    visible: VisibleGroups,
    limit: number,
    beforeId?: number,
  ): Promise<AnswerRow[]> {
    const params: SqlValue[] = [userId, authorId, ...visible.params];
    if (beforeId !== undefined) params.push(beforeId);
    const index = this.db.dialect.alongIndex('ix_answers_author');
    const page = `select b.id from answers b${index} join questions q on q.id = b.question_id and q.state = 'visible'
      left join group_info g on g.id = q.group_id
      where b.author_id = ? and b.state = 'visible' and ${placeIsVisible(visible)}
      ${beforeId === undefined ? '' : 'and b.id < ?'} order by b.id desc limit ${limit}`;
    return this.db.rows<AnswerRow>(`${SELECT} join (${page}) p on p.id = a.id order by a.id desc`, params);
  }

  /** Undefined when the author has an answer to the question already, be it removed by a moderator. */
  async insert(
    answer: Partial<Answer> & Pick<Answer, 'questionId' | 'authorId'>,
  ): Promise<number | undefined> {
    const authorKey = authorKeyOf(answer.questionId, answer.authorId);
    try {
      return await this.db.insert(Answer, { ...answer, authorKey });
    } catch (error) {
      if (this.db.duplicateKey(error) === 'uq_answers_author') return undefined;
      throw error;
    }
  }

  async update(id: number, changes: Partial<Answer>): Promise<void> {
    await this.db.repo(Answer).update({ id }, changes);
  }

  /** False when it has been edited since that version, or taken away. */
  async edit(id: number, version: number, changes: Partial<Answer>): Promise<boolean> {
    const edited = { ...changes, version: version + 1 };
    const result = await this.db.repo(Answer).update({ id, version, state: 'visible' }, edited);
    return result.affected === 1;
  }

  /** False when it was taken away already. It is accepted no more. */
  async remove(id: number, changes: Partial<Answer>): Promise<boolean> {
    const removed = { ...changes, accepted: false };
    return (await this.db.repo(Answer).update({ id, state: 'visible' }, removed)).affected === 1;
  }

  /** False when there is no such answer to the question. Null: none is accepted. Lock the question first. */
  async accept(questionId: number, id: number | null): Promise<boolean> {
    await this.db.repo(Answer).update({ questionId, accepted: true }, { accepted: false });
    if (id === null) return true;
    const result = await this.db
      .repo(Answer)
      .update({ id, questionId, state: 'visible' }, { accepted: true });
    return result.affected === 1;
  }

  /** As that of a question. */
  lock(id: number): Promise<Pick<AnswerRow, 'voteScore'> | undefined> {
    const sql = `select vote_score as voteScore from answers
      where id = ? and state = 'visible'${this.db.dialect.forUpdate}`;
    return this.db.row(sql, [id]);
  }

  async addVotes(id: number, votes: number): Promise<void> {
    await this.db.run('update answers set vote_score = vote_score + ? where id = ?', [votes, id]);
  }

  /** False when the answer has been taken away. */
  async addReplies(id: number, replies: 1 | -1): Promise<boolean> {
    const sql = "update answers set reply_count = reply_count + ? where id = ? and state = 'visible'";
    return (await this.db.run(sql, [replies, id])).affected === 1;
  }
}
