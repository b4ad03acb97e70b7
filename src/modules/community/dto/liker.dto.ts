import { UserRefDto } from '../../user/index.js';

export class LikerDto {
  user: UserRefDto;

  /** @example "2026-01-31T08:00:00.000Z" */
  likedAt: string;
}
