import { ApiProperty } from '@nestjs/swagger';
import { GROUP_ROLES, type GroupRole } from '../membership.entity.js';
import { StreakDto } from './streak.dto.js';
import { UserRefDto } from '../../user/index.js';

export class MemberDto {
  user: UserRefDto;

  @ApiProperty({ enum: GROUP_ROLES, example: 'member' })
  role: GroupRole;

  /** @example "2026-01-20T08:00:00.000Z" */
  joinedAt: string;

  streak: StreakDto;

  /** @example 30 */
  total: number;

  /**
   * The group's day of the last check-in.
   * @example "2026-01-31"
   */
  lastCheckInDay: string | null;

  /**
   * Until when the member may not write; null: he may.
   * @example "2026-02-07T00:00:00.000Z"
   */
  mutedUntil: string | null;
}
