import { Entity, Index } from 'typeorm';
import { Content } from '../../common/content/content.entity.js';
import { RefColumn } from '../../common/database/columns.js';

@Entity('answer_replies')
@Index('ix_answer_replies_list', ['answerId', 'state', 'id'])
@Index('ix_answer_replies_removed', ['removedAt'])
export class AnswerReply extends Content {
  @RefColumn() answerId: number;
  @RefColumn({ nullable: true }) replyToUserId: number | null;
}
