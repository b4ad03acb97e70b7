import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, RefColumn } from '../../common/database/columns.js';

@Entity('upload_quotas')
@Index('uq_upload_quotas_user', ['userId'], { unique: true })
export class UploadQuota {
  @IdColumn() id: number;
  @RefColumn() userId: number;
  /** Sum over the user's uploads of their size, each rounded up to 1024 bytes. */
  @CountColumn() kilobytes: number;
}
