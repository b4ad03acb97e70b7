import { CheckInDto } from './check-in.dto.js';
import { UserRefDto } from '../../user/index.js';

export class FeedItemDto extends CheckInDto {
  user: UserRefDto;
}
