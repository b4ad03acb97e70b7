import { ApiProperty } from '@nestjs/swagger';

export class StreakDto {
  /**
   * In `unit`s; 0 when there is none.
   * @example 12
   */
  length: number;

  @ApiProperty({ enum: ['day', 'week'], example: 'day' })
  unit: 'day' | 'week';

  /** @example "2026-01-20" */
  from: string | null;

  /** @example "2026-01-31" */
  to: string | null;

  /** Whether it ends unless there is a check-in today. */
  atRisk: boolean;
}
