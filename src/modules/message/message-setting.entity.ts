import { Entity, Index } from 'typeorm';
import { FlagColumn, IdColumn, RefColumn, TextColumn } from '../../common/database/columns.js';
import type { NoticeType } from '../../common/events/notice.js';

/** No row: the type is on. */
@Entity('message_settings')
@Index('uq_message_settings_user_type', ['userId', 'type'], { unique: true })
export class MessageSetting {
  @IdColumn() id: number;
  @RefColumn() userId: number;
  @TextColumn(16) type: NoticeType;
  @FlagColumn() enabled: boolean;
}
