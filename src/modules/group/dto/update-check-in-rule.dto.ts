import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean } from 'class-validator';
import { IsIntIn } from '../../../common/validation/is-int-in.js';
import { IsTimeZone } from '../../../common/validation/is-time-zone.js';
import { Optional } from '../../../common/validation/optional.js';
import { GROUP_LIMITS } from '../group.limits.js';
import { SCHEDULES } from './check-in-rule.dto.js';

/** Everything but the time zone may be left out on creation; all of it on a change. */
export class UpdateCheckInRuleDto {
  /**
   * IANA name.
   * @example "Asia/Shanghai"
   */
  @Optional()
  @IsTimeZone()
  timeZone?: string;

  /**
   * Hours after local midnight at which a day begins; by default 0.
   * @example 3
   */
  @Optional()
  @IsIntIn(0, 6)
  dayStartHour?: number;

  /**
   * By default `daily`. `weekdays` needs `weekdays`, `perWeek` needs `timesPerWeek`.
   * @example "weekdays"
   */
  @Optional()
  @IsOneOf(SCHEDULES)
  schedule?: (typeof SCHEDULES)[number];

  /**
   * 1 Monday to 7 Sunday.
   * @example [1, 2, 3, 4, 5]
   */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(7)
  @ArrayUnique()
  @IsIntIn(1, 7, { each: true })
  weekdays?: number[];

  /** Check-ins that make a week count, Monday to Sunday. */
  @Optional()
  @IsIntIn(1, 7)
  timesPerWeek?: number;

  /** By default true. */
  @Optional()
  @IsBoolean()
  makeUpAllowed?: boolean;

  /**
   * Days back; by default 7.
   * @example 7
   */
  @Optional()
  @IsIntIn(1, GROUP_LIMITS.makeUpWindowDays)
  makeUpWindowDays?: number;

  /**
   * By default 3.
   * @example 3
   */
  @Optional()
  @IsIntIn(0, GROUP_LIMITS.makeUpMonthlyLimit)
  makeUpMonthlyLimit?: number;

  /**
   * By default 5.
   * @example 5
   */
  @Optional()
  @IsIntIn(0, GROUP_LIMITS.makeUpReasonLength)
  makeUpMinReasonLength?: number;

  /**
   * By default 0: no note needed.
   * @example 0
   */
  @Optional()
  @IsIntIn(0, GROUP_LIMITS.minNoteLength)
  minNoteLength?: number;

  /** Whether a check-in needs a picture; by default false. */
  @Optional()
  @IsBoolean()
  imageRequired?: boolean;
}
