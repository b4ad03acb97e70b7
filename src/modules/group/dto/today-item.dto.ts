import { ApiProperty } from '@nestjs/swagger';
import type { TodayState } from '../rules/state-today.js';
import { MyTodayDto } from './my-today.dto.js';

const DUE_STATES = ['PENDING', 'DONE', 'COVERED'] as const satisfies readonly TodayState[];

/** A group in which something is due today. */
export class TodayItemDto extends MyTodayDto {
  @ApiProperty({
    enum: DUE_STATES,
    example: 'DONE',
    description: '`COVERED`: this week has its check-ins already, more are welcome.',
  })
  declare state: (typeof DUE_STATES)[number];

  /** @example 7 */
  groupId: number;

  /** @example "每天早起跑步" */
  groupName: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '/media/3q2-7wAKbXo0Yk1nT5_uR8vZ-1280.webp',
    description: 'WebP, at most 1280 pixels wide and high; null: none.',
  })
  coverUrl: string | null;

  /** @example "2026-01-31" */
  day: string;

  /** @example "Asia/Shanghai" */
  timeZone: string;

  /** @example "2026-01-31T16:00:00.000Z" */
  dayEndsAt: string;

  /**
   * Characters a note needs.
   * @example 0
   */
  minNoteLength: number;

  /**
   * Whether a check-in needs a picture.
   * @example false
   */
  imageRequired: boolean;
}
