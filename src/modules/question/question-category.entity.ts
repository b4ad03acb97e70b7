import { Entity, Index } from 'typeorm';
import { IdColumn, IntColumn, TextColumn } from '../../common/database/columns.js';

@Entity('question_categories')
@Index('uq_question_categories_slug', ['slug'], { unique: true })
export class QuestionCategory {
  @IdColumn() id: number;
  @TextColumn(32) slug: string;
  @TextColumn(40) nameEn: string;
  @TextColumn(40) nameZh: string;
  @IntColumn() position: number;
}
