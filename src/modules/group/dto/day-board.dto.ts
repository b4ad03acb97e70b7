import { ApiProperty } from '@nestjs/swagger';
import { DAY_STATES, type DayState } from '../rules/day-state.js';
import { CheckInDto } from './check-in.dto.js';
import { UserRefDto } from '../../user/index.js';

export class DayBoardItemDto {
  user: UserRefDto;

  @ApiProperty({ enum: DAY_STATES, example: 'DONE' })
  state: DayState;

  @ApiProperty({ type: () => CheckInDto, nullable: true })
  checkIn: CheckInDto | null;
}

export class DayBoardDto {
  /** @example "2026-01-31" */
  day: string;

  /** @example "Asia/Shanghai" */
  timeZone: string;

  /** @example "2026-01-31T16:00:00.000Z" */
  dayEndsAt: string;

  /**
   * Members expected that day.
   * @example 40
   */
  due: number;

  /** @example 35 */
  done: number;

  items: DayBoardItemDto[];

  nextCursor: string | null;
}
