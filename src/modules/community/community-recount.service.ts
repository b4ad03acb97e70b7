import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import type { RecountedTable, RecountOptions } from '../../common/recount.js';
import { recountCounters } from '../../common/recount-counters.js';
import { COMMUNITY_COUNTERS } from './community-counters.js';

@Injectable()
export class CommunityRecountService {
  constructor(private readonly db: Database) {}

  recount(options: RecountOptions = {}): Promise<RecountedTable[]> {
    return recountCounters(this.db, COMMUNITY_COUNTERS, options);
  }
}
