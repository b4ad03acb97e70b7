import { ApiProperty } from '@nestjs/swagger';

export class BusinessLogEntryDto {
  /** @example 501 */
  id: number;

  /**
   * Who did it; null: a command line or the system itself.
   * @example 1
   */
  actorId: number | null;

  /** @example "group.member.kick" */
  action: string;

  /** @example "group" */
  objectType: string;

  /** @example 7 */
  objectId: number | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { userId: 42, reason: '广告' },
    description: 'What else there is to know of this act.',
  })
  detail: object | null;

  /** @example "58bd474d-e028-4fcf-864f-dd97941f13c5" */
  requestId: string | null;

  /** @example "2026-01-31T08:00:00.000Z" */
  createdAt: string;
}
