import { ApiProperty } from '@nestjs/swagger';
import { VISIBILITIES, type Visibility } from '../group.entity.js';
import { GROUP_ROLES, type GroupRole } from '../membership.entity.js';
import { CheckInRuleDto } from './check-in-rule.dto.js';

/** What the holder of a link learns before he accepts. */
export class InvitePreviewDto {
  /** @example 7 */
  groupId: number;

  /** @example "每天早起跑步" */
  name: string;

  /** @example "风雨无阻，每天五公里。" */
  description: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '/media/3q2-7wAKbXo0Yk1nT5_uR8vZ-1280.webp',
    description: 'Null: none, or the group is private: its pictures are for its members.',
  })
  coverUrl: string | null;

  /** @example 3 */
  categoryId: number;

  @ApiProperty({ enum: VISIBILITIES, example: 'private' })
  visibility: Visibility;

  /** The rule that holds today. */
  rule: CheckInRuleDto;

  /** @example 42 */
  memberCount: number;

  /** @example 200 */
  maxMembers: number;

  /** @example "2026-02-07T08:00:00.000Z" */
  expiresAt: string;

  @ApiProperty({ enum: GROUP_ROLES, nullable: true, example: null, description: 'Null: not a member.' })
  myRole: GroupRole | null;
}
