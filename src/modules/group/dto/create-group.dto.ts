import { IsBoolean } from 'class-validator';
import { IsNested } from '../../../common/validation/is-nested.js';
import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { IsIntIn } from '../../../common/validation/is-int-in.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Nullable, Optional } from '../../../common/validation/optional.js';
import { JOIN_POLICIES, type JoinPolicy, VISIBILITIES, type Visibility } from '../group.entity.js';
import { GROUP_LIMITS } from '../group.limits.js';
import { CreateCheckInRuleDto } from './create-check-in-rule.dto.js';

export class CreateGroupDto {
  /** @example "每天早起跑步" */
  @IsText({ min: 1, max: GROUP_LIMITS.name })
  name: string;

  /** @example "风雨无阻，每天五公里。" */
  @Optional()
  @IsText({ min: 0, max: GROUP_LIMITS.description, multiline: true })
  description?: string;

  /** @example "本周六线下活动" */
  @Optional()
  @IsText({ min: 0, max: GROUP_LIMITS.notice, multiline: true })
  notice?: string;

  /**
   * One of `GET /group-categories`.
   * @example 3
   */
  @IsIntIn(1, Number.MAX_SAFE_INTEGER)
  categoryId: number;

  /**
   * By default `open`; a private group is joined by `invite` (its default) or is `closed`.
   * @example "approval"
   */
  @Optional()
  @IsOneOf(JOIN_POLICIES)
  joinPolicy?: JoinPolicy;

  /**
   * By default `public`. Nobody but its members learns that a private group exists.
   * @example "public"
   */
  @Optional()
  @IsOneOf(VISIBILITIES)
  visibility?: Visibility;

  /**
   * By default 500.
   * @example 200
   */
  @Optional()
  @IsIntIn(GROUP_LIMITS.minMembers, GROUP_LIMITS.maxMembers)
  maxMembers?: number;

  /**
   * Whether a check-in with a note becomes a post as well; by default not.
   * @example false
   */
  @Optional()
  @IsBoolean()
  checkInPosts?: boolean;

  /**
   * Whether check-ins can be commented on; by default they can.
   * @example true
   */
  @Optional()
  @IsBoolean()
  checkInComments?: boolean;

  /**
   * Hour of the group's clock at which members who have not checked in are reminded; null (the default): never.
   * @example 20
   */
  @Nullable()
  @IsIntIn(0, 23)
  reminderHour?: number | null;

  /**
   * Of an upload of mine; null: no cover.
   * @example null
   */
  @Nullable()
  @IsIntIn(1, Number.MAX_SAFE_INTEGER)
  coverId?: number | null;

  /** How its members check in. */
  @IsNested(() => CreateCheckInRuleDto)
  rule: CreateCheckInRuleDto;
}
