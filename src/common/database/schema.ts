import type { QueryRunner } from 'typeorm';

/**
 * Builds the DDL of migrations, so that one migration reads the same for both databases. The column types are
 * those of `columns.ts`; `schemaDrift` proves that the two agree.
 */
type ColumnType = 'id' | 'ref' | 'text' | 'longText' | 'instant' | 'day' | 'int' | 'flag' | 'json';

interface ColumnOptions {
  nullable?: boolean;
  default?: string | number | boolean;
}

export interface ColumnSpec extends ColumnOptions {
  name: string;
  type: ColumnType;
  length?: number;
}

export interface ForeignKeySpec {
  columns: readonly string[];
  /** Table whose `id` is referenced. */
  references: string;
  onDelete: 'CASCADE' | 'RESTRICT' | 'SET NULL';
}

export interface TableSpec {
  columns: readonly ColumnSpec[];
  /** Index name → columns. */
  unique?: Record<string, readonly string[]>;
  /** Index name → columns, each with an optional ` DESC`. */
  indexes?: Record<string, readonly string[]>;
  /** Constraint name → what it refers to. */
  foreignKeys?: Record<string, ForeignKeySpec>;
}

const column =
  (type: ColumnType) =>
  (name: string, options: ColumnOptions = {}): ColumnSpec => ({ name, type, ...options });

export const col = {
  id: (name = 'id'): ColumnSpec => ({ name, type: 'id' }),
  ref: column('ref'),
  text: (name: string, length: number, options: ColumnOptions = {}): ColumnSpec => ({
    name,
    type: 'text',
    length,
    ...options,
  }),
  longText: column('longText'),
  instant: column('instant'),
  day: column('day'),
  int: column('int'),
  count: (name: string): ColumnSpec => ({ name, type: 'int', default: 0 }),
  flag: column('flag'),
  json: column('json'),
};

const TYPES: Record<'mysql' | 'sqlite', Record<ColumnType, string>> = {
  mysql: {
    id: 'bigint NOT NULL AUTO_INCREMENT PRIMARY KEY',
    ref: 'bigint',
    text: 'varchar',
    longText: 'mediumtext',
    instant: 'datetime(3)',
    day: 'date',
    int: 'int',
    flag: 'tinyint',
    json: 'json',
  },
  sqlite: {
    id: 'integer PRIMARY KEY AUTOINCREMENT NOT NULL',
    ref: 'integer',
    text: 'varchar',
    longText: 'text',
    instant: 'datetime(3)',
    day: 'date',
    int: 'integer',
    flag: 'boolean',
    json: 'json',
  },
};

export async function createTable(runner: QueryRunner, table: string, spec: TableSpec): Promise<void> {
  const lines = [
    ...spec.columns.map((one) => columnSql(runner, one)),
    ...Object.entries(spec.foreignKeys ?? {}).map(([name, key]) => foreignKeySql(runner, name, key)),
  ];
  await runner.query(
    `CREATE TABLE ${quote(runner, table)} (${lines.join(', ')})${await tableOptions(runner)}`,
  );
  for (const [name, columns] of Object.entries(spec.unique ?? {})) {
    await createIndex(runner, table, name, columns, { unique: true });
  }
  for (const [name, columns] of Object.entries(spec.indexes ?? {})) {
    await createIndex(runner, table, name, columns);
  }
}

export async function dropTable(runner: QueryRunner, table: string): Promise<void> {
  await runner.query(`DROP TABLE ${quote(runner, table)}`);
}

/** An added column is nullable or has a default: there may be rows already. */
export async function addColumn(runner: QueryRunner, table: string, spec: ColumnSpec): Promise<void> {
  await runner.query(`ALTER TABLE ${quote(runner, table)} ADD COLUMN ${columnSql(runner, spec)}`);
}

/** SQLite refuses while an index still uses the column. */
export async function dropColumn(runner: QueryRunner, table: string, name: string): Promise<void> {
  await runner.query(`ALTER TABLE ${quote(runner, table)} DROP COLUMN ${quote(runner, name)}`);
}

export async function createIndex(
  runner: QueryRunner,
  table: string,
  name: string,
  columns: readonly string[],
  { unique = false } = {},
): Promise<void> {
  const parts = columns.map((one) => {
    const [column = '', direction = ''] = one.split(' ');
    return `${quote(runner, column)} ${direction}`.trimEnd();
  });
  await runner.query(
    `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quote(runner, name)} ON ${quote(runner, table)} (${parts.join(', ')})`,
  );
}

export async function dropIndex(runner: QueryRunner, table: string, name: string): Promise<void> {
  const on = isMysql(runner) ? ` ON ${quote(runner, table)}` : '';
  await runner.query(`DROP INDEX ${quote(runner, name)}${on}`);
}

function columnSql(runner: QueryRunner, spec: ColumnSpec): string {
  const type =
    TYPES[isMysql(runner) ? 'mysql' : 'sqlite'][spec.type] + (spec.length ? `(${spec.length})` : '');
  if (spec.type === 'id') return `${quote(runner, spec.name)} ${type}`;
  const nullability = spec.nullable ? '' : ' NOT NULL';
  const value = spec.default === undefined ? '' : ` DEFAULT ${literal(spec.default)}`;
  return `${quote(runner, spec.name)} ${type}${nullability}${value}`;
}

function foreignKeySql(
  runner: QueryRunner,
  name: string,
  { columns, references, onDelete }: ForeignKeySpec,
): string {
  const names = columns.map((one) => quote(runner, one)).join(', ');
  return (
    `CONSTRAINT ${quote(runner, name)} FOREIGN KEY (${names}) ` +
    `REFERENCES ${quote(runner, references)} (${quote(runner, 'id')}) ON DELETE ${onDelete}`
  );
}

/** Text compares and sorts by code point, trailing blanks included, as in SQLite. */
async function tableOptions(runner: QueryRunner): Promise<string> {
  if (!isMysql(runner)) return '';
  const collation = (await isMariaDb(runner)) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
  return ` ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=${collation}`;
}

export async function isMariaDb(runner: QueryRunner): Promise<boolean> {
  if (!isMysql(runner)) return false;
  const [{ version }] = await runner.query('SELECT VERSION() AS version');
  return /mariadb/i.test(version);
}

function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(Number(value));
}

function quote(runner: QueryRunner, name: string): string {
  return runner.connection.driver.escape(name);
}

function isMysql(runner: QueryRunner): boolean {
  return runner.connection.options.type !== 'better-sqlite3';
}
