import { GENDERS, type Gender } from '../user.entity.js';
import { ApiProperty } from '@nestjs/swagger';

/** What others see of a person. */
export class PublicUserDto {
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

  @ApiProperty({ enum: GENDERS, example: 'female' })
  gender: Gender;

  /** @example "浙江" */
  province: string | null;

  /** @example "杭州" */
  city: string | null;

  /** @example "每天五公里" */
  bio: string;

  /** @example "2026-01-31T08:00:00.000Z" */
  createdAt: string;
}
