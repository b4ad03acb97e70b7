import { ApiProperty } from '@nestjs/swagger';
import { JOIN_POLICIES, type JoinPolicy, VISIBILITIES, type Visibility } from '../group.entity.js';
import { GROUP_ROLES, type GroupRole } from '../membership.entity.js';
import { CheckInRuleDto } from './check-in-rule.dto.js';

export class GroupDto {
  /** @example 7 */
  id: number;

  /** @example "每天早起跑步" */
  name: string;

  /** @example "风雨无阻，每天五公里。" */
  description: string;

  /** @example "本周六线下活动" */
  notice: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '/media/3q2-7wAKbXo0Yk1nT5_uR8vZ-1280.webp',
    description: 'WebP, at most 1280 pixels wide and high; null: none.',
  })
  coverUrl: string | null;

  /** @example 3 */
  categoryId: number;

  @ApiProperty({ enum: JOIN_POLICIES, example: 'approval' })
  joinPolicy: JoinPolicy;

  @ApiProperty({ enum: VISIBILITIES, example: 'public' })
  visibility: Visibility;

  /** @example 200 */
  maxMembers: number;

  /** @example 42 */
  memberCount: number;

  /** @example 128 */
  postCount: number;

  /** Whether a check-in with a note becomes a post as well. */
  checkInPosts: boolean;

  /** Whether check-ins can be commented on. */
  checkInComments: boolean;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    minimum: 0,
    maximum: 23,
    example: 20,
    description:
      "Hour of the group's clock at which members who have not checked in are reminded; null: never.",
  })
  reminderHour: number | null;

  /** @example 1 */
  ownerId: number;

  /** @example "2026-01-31T08:00:00.000Z" */
  createdAt: string;

  /** The rule that holds today. */
  rule: CheckInRuleDto;

  @ApiProperty({
    type: () => CheckInRuleDto,
    nullable: true,
    description: 'A rule decided on that holds from a later day.',
  })
  nextRule: CheckInRuleDto | null;

  @ApiProperty({ enum: GROUP_ROLES, nullable: true, example: 'member', description: 'Null: not a member.' })
  myRole: GroupRole | null;
}
