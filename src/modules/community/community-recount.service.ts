import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import {
  differences,
  isEmpty,
  type RecountedTable,
  type RecountOptions,
  RecountRun,
  wanted,
} from '../../common/recount.js';
import {
  type CountedTable,
  CommunityRecountRepository,
  type Counters,
} from './community-recount.repository.js';

const TABLES: readonly CountedTable[] = ['group_info', 'posts', 'comments', 'check_ins'];
const BATCH = 200;

/**
 * Holds the counters of posts, comments and likes, wherever they stand, against the rows they come from. It may run
 * beside a server: what differs at first sight is looked at once more with its writers locked out.
 */
@Injectable()
export class CommunityRecountService {
  constructor(
    private readonly db: Database,
    private readonly rows: CommunityRecountRepository,
  ) {}

  async recount(options: RecountOptions = {}): Promise<RecountedTable[]> {
    const run = new RecountRun(this.db, options, TABLES);
    for (const table of TABLES) {
      for (let after: number | undefined = 0; after !== undefined;) {
        const batch = await this.rows.list(table, after, BATCH);
        run.count(table, batch.length);
        for (const { id, is, should } of batch)
          if (!isEmpty(differences(is, should))) await this.recountRow(run, table, id);
        after = batch.at(-1)?.id;
      }
    }
    return run.result;
  }

  private async recountRow(run: RecountRun<CountedTable>, table: CountedTable, id: number): Promise<void> {
    await this.db.transaction(async () => {
      const row = await this.rows.lock(table, id);
      if (!row) return;
      const drift = differences(row.is, row.should);
      await run.drift(table, `id ${id}`, drift, () => this.rows.save(table, id, wanted(drift) as Counters));
    });
  }
}
