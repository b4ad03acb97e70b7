import { CheckInDto } from './check-in.dto.js';
import { UserRefDto } from './user-ref.dto.js';

export class FeedItemDto extends CheckInDto {
  user: UserRefDto;
}
