import { ApiProperty } from '@nestjs/swagger';

/** A person, as far as a list needs to show one. */
export class UserRefDto {
  /** @example 42 */
  id: number;

  /** @example "晨跑的小李" */
  nickname: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '/media/3q2-7wAKbXo0Yk1nT5_uR8vZ-320.webp',
    description: 'WebP, at most 320 pixels wide and high; null: none.',
  })
  avatarUrl: string | null;
}
