import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiErrors, ApiOkData } from '../api/openapi-decorators.js';
import { Public } from '../auth/public.decorator.js';
import { HealthDto } from './dto/health.dto.js';
import { HealthService } from './health.service.js';

@ApiTags('Health')
@Public()
@Controller({ path: 'health', version: VERSION_NEUTRAL })
export class HealthController {
  constructor(private readonly health: HealthService) {}

  /** Whether the process runs. */
  @Get('live')
  @ApiOkData(HealthDto)
  getLiveness(): HealthDto {
    return this.health.live();
  }

  /** Whether the process can serve: it is not stopping and reaches its database and cache. */
  @Get('ready')
  @ApiOkData(HealthDto)
  @ApiErrors('SHUTTING_DOWN', 'DATABASE_UNAVAILABLE', 'CACHE_UNAVAILABLE')
  getReadiness(): Promise<HealthDto> {
    return this.health.ready();
  }
}
