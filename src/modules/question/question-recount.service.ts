import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import type { RecountedTable, RecountOptions } from '../../common/recount.js';
import { recountCounters } from '../../common/recount-counters.js';
import { QUESTION_COUNTERS } from './question-counters.js';

@Injectable()
export class QuestionRecountService {
  constructor(private readonly db: Database) {}

  recount(options: RecountOptions = {}): Promise<RecountedTable[]> {
    return recountCounters(this.db, QUESTION_COUNTERS, options);
  }
}
