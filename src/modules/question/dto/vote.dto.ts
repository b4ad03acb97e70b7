import { ApiProperty } from '@nestjs/swagger';

export class VoteDto {
  @ApiProperty({ type: 'integer', enum: [1, 0, -1], example: 1, description: 'My vote; 0: none.' })
  value: 1 | 0 | -1;

  /**
   * Votes in favour less those against.
   * @example 5
   */
  voteScore: number;
}
