import { MeDto } from './me.dto.js';
import { TokensDto } from './tokens.dto.js';

export class SignedInDto extends TokensDto {
  user: MeDto;
}
