import { ApiProperty } from '@nestjs/swagger';
import { StreakDto } from './streak.dto.js';

export class TodayItemDto {
  /** @example 7 */
  groupId: number;

  /** @example "每天早起跑步" */
  groupName: string;

  /** @example "2026-01-31" */
  day: string;

  /** @example "Asia/Shanghai" */
  timeZone: string;

  /** @example "2026-01-31T16:00:00.000Z" */
  dayEndsAt: string;

  @ApiProperty({
    enum: ['PENDING', 'DONE', 'COVERED'],
    example: 'PENDING',
    description: '`COVERED`: this week has its check-ins already.',
  })
  state: 'PENDING' | 'DONE' | 'COVERED';

  streak: StreakDto;

  /**
   * Characters a note needs.
   * @example 0
   */
  minNoteLength: number;
}
