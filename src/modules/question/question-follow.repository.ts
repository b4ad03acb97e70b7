import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';

/** How many of those who follow a question are told of an answer: those who began last. */
const MOST_TOLD = 1_000;

/** Lock the question first. */
@Injectable()
export class QuestionFollowRepository {
  constructor(private readonly db: Database) {}

  /** False when the person follows it already. */
  async insert(questionId: number, userId: number, createdAt: Date): Promise<boolean> {
    const sql = 'insert into question_follows (question_id, user_id, created_at) values (?, ?, ?)';
    try {
      await this.db.run(sql, [questionId, userId, createdAt]);
      return true;
    } catch (error) {
      if (this.db.duplicateKey(error) === 'uq_question_follows_user') return false;
      throw error;
    }
  }

  /** False when the person does not follow it. */
  async delete(questionId: number, userId: number): Promise<boolean> {
    const sql = 'delete from question_follows where question_id = ? and user_id = ?';
    return (await this.db.run(sql, [questionId, userId])).affected === 1;
  }

  async listFollowers(questionId: number): Promise<number[]> {
    const sql = `select user_id as userId from question_follows where question_id = ?
      order by id desc limit ${MOST_TOLD}`;
    const rows = await this.db.rows<{ userId: number }>(sql, [questionId]);
    return rows.map(({ userId }) => userId);
  }
}
