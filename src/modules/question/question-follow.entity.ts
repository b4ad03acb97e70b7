import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn } from '../../common/database/columns.js';

@Entity('question_follows')
@Index('uq_question_follows_user', ['questionId', 'userId'], { unique: true })
export class QuestionFollow {
  @IdColumn() id: number;
  @RefColumn() questionId: number;
  @RefColumn() userId: number;
  @InstantColumn() createdAt: Date;
}
