import { ApiProperty } from '@nestjs/swagger';

export class JoinResultDto {
  @ApiProperty({
    enum: ['active', 'pending'],
    example: 'active',
    description: '`pending`: an application waits for a decision.',
  })
  status: 'active' | 'pending';

  /** @example 7 */
  groupId: number;

  /**
   * The application's id where one waits.
   * @example null
   */
  applicationId: number | null;
}
