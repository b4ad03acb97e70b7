import { ApiProperty } from '@nestjs/swagger';
import { IsIntIn } from '../../../common/validation/is-int-in.js';

export class SetVoteDto {
  @IsIntIn(-1, 1)
  @ApiProperty({ example: 1, description: 'In favour, none, or against.' })
  value: 1 | 0 | -1;
}
