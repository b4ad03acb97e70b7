import { ApiProperty } from '@nestjs/swagger';
import { BOARDS, type Board } from './leaderboard-query.dto.js';
import { UserRefDto } from '../../user/index.js';

export class LeaderboardEntryDto {
  /**
   * Equal values share a rank: 1, 1, 3.
   * @example 1
   */
  rank: number;

  user: UserRefDto;

  /**
   * Days, weeks or check-ins; on the board `today` 1.
   * @example 12
   */
  value: number;

  /** @example 0 */
  makeUps: number;

  /**
   * The latest check-in; on the board `today` its arrival.
   * @example "2026-01-31T07:12:45.123Z"
   */
  lastCheckedAt: string;
}

export class MyRankDto {
  /**
   * Null: not on this board.
   * @example 5
   */
  rank: number | null;

  /** @example 8 */
  value: number;
}

export class LeaderboardDto {
  @ApiProperty({ enum: BOARDS, example: 'streak' })
  board: Board;

  /** @example "2026-01-31" */
  today: string;

  @ApiProperty({ enum: ['day', 'week', 'check-in'], example: 'day', description: 'What `value` counts.' })
  unit: 'day' | 'week' | 'check-in';

  me: MyRankDto;

  items: LeaderboardEntryDto[];

  nextCursor: string | null;
}
