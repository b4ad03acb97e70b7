import { ApiProperty } from '@nestjs/swagger';
import { APPLICATION_STATES, type ApplicationState } from '../application.entity.js';
import { UserRefDto } from '../../user/index.js';

export class ApplicationDto {
  /** @example 11 */
  id: number;

  /** @example 7 */
  groupId: number;

  /** @example "每天早起跑步" */
  groupName: string;

  user: UserRefDto;

  /** @example "我也每天早起跑步" */
  reason: string;

  @ApiProperty({ enum: APPLICATION_STATES, example: 'pending' })
  state: ApplicationState;

  /**
   * What came with the decision.
   * @example "欢迎"
   */
  message: string | null;

  /** @example "2026-01-31T09:00:00.000Z" */
  decidedAt: string | null;

  /** @example "2026-01-31T08:00:00.000Z" */
  createdAt: string;
}
