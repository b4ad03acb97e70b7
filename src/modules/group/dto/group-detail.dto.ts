import { ApiProperty } from '@nestjs/swagger';
import { GroupDto } from './group.dto.js';
import { MyBanDto } from './my-ban.dto.js';
import { MyTodayDto } from './my-today.dto.js';

export class GroupDetailDto extends GroupDto {
  /** Whether an application of mine is waiting for a decision. */
  applicationPending: boolean;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: null,
    description: 'The one that is waiting, to withdraw it; null: none.',
  })
  myApplicationId: number | null;

  @ApiProperty({
    type: () => MyBanDto,
    nullable: true,
    description: 'I may neither join nor apply; null: I am not banned.',
  })
  myBan: MyBanDto | null;

  /**
   * Until when I may not write here; null: I am not muted.
   * @example null
   */
  myMutedUntil: string | null;

  @ApiProperty({ type: () => MyTodayDto, nullable: true, description: 'Null: not a member.' })
  myToday: MyTodayDto | null;

  /**
   * The group's calendar day, by its rule.
   * @example "2026-01-31"
   */
  today: string;

  /**
   * When that day ends.
   * @example "2026-01-31T16:00:00.000Z"
   */
  dayEndsAt: string;
}
