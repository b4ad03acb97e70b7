/** Where the data lives and how hard one process may lean on it. All times are milliseconds. */
export interface DatabaseConfig {
  kind: 'sqlite' | 'mysql';
  /** SQLite: path of the database file; its folder is made when missing. */
  file?: string;
  /** MySQL/MariaDB: `mysql://user:password@host:3306/name`. */
  url?: string;
  /** MySQL: most connections of this process. */
  poolSize: number;
  /** Most calls that may wait for a connection (SQLite: for the writer); one more is refused at once. */
  queueLimit: number;
  /** Longest wait for a connection (SQLite: for the writer) before the database counts as unavailable. */
  acquireTimeoutMs: number;
  /** MySQL: longest time one statement may take. */
  statementTimeoutMs: number;
  /** MySQL: TLS settings as `tls.connect` takes them; absent means no TLS. */
  tls?: { ca?: string; cert?: string; key?: string; rejectUnauthorized?: boolean };
}
