import type { Database, SqlValue } from './database.js';

const BATCH = 500;

/**
 * Deletes what may be much without locking the table for long: 500 rows a statement, each a transaction of its own
 * unless the caller has one open. The table has an `id`; names and condition come from the code, never from people.
 * @returns how many rows there were
 */
export async function deleteInBatches(
  db: Database,
  table: string,
  condition: string,
  params: readonly SqlValue[],
): Promise<number> {
  // Twice nested: MySQL neither limits an IN nor reads the table it deletes from, unless the result is its own table.
  const sql = `delete from ${table} where id in
    (select id from (select id from ${table} where ${condition} order by id limit ${BATCH}) batch)`;
  for (let total = 0; ;) {
    const { affected } = await db.run(sql, params);
    total += affected;
    if (affected < BATCH) return total;
  }
}
