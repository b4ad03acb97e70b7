import { UserRefDto } from '../../user/index.js';
import { MyBanDto } from './my-ban.dto.js';

export class BanDto extends MyBanDto {
  user: UserRefDto;

  /** @example "2026-01-31T08:00:00.000Z" */
  createdAt: string;
}
