import { ApiProperty } from '@nestjs/swagger';

export class HealthDto {
  /** Always `up`; anything else is an error. */
  @ApiProperty({ enum: ['up'], example: 'up' })
  status: 'up';
}
