import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiErrors, ApiOkData, page } from '../api/openapi-decorators.js';
import type { Page } from '../api/pagination.js';
import { RequireScope } from '../auth/require-scope.decorator.js';
import { BusinessLog } from './business-log.js';
import { BusinessLogEntryDto } from './dto/business-log-entry.dto.js';
import { ListBusinessLogQueryDto } from './dto/list-business-log-query.dto.js';

@ApiTags('Administration')
@Controller({ path: 'business-log', version: '1' })
export class BusinessLogController {
  constructor(private readonly log: BusinessLog) {}

  /** Who did what to which object, latest first; for administrators. */
  @RequireScope('business-log:read')
  @Get()
  @ApiOkData(page(BusinessLogEntryDto))
  @ApiErrors('NO_PERMISSION')
  listBusinessLog(@Query() query: ListBusinessLogQueryDto): Promise<Page<BusinessLogEntryDto>> {
    return this.log.list(query);
  }
}
