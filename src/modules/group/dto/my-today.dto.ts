import { ApiProperty } from '@nestjs/swagger';
import { TODAY_STATES, type TodayState } from '../rules/state-today.js';
import { StreakDto } from './streak.dto.js';

/** Where I stand in a group today. */
export class MyTodayDto {
  @ApiProperty({
    enum: TODAY_STATES,
    example: 'DONE',
    description: '`COVERED`: this week has its check-ins already, more are welcome. `NOT_DUE`: a day off.',
  })
  state: TodayState;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 345,
    description: 'My check-in of today, which can be taken back until the day ends; null: none.',
  })
  checkInId: number | null;

  streak: StreakDto;
}
