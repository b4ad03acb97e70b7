import type { Socket } from 'node:net';
import { createPool, type Pool, type PoolConnection, type PoolOptions } from 'mysql2';
import type { MysqlDataSourceOptions } from 'typeorm/driver/mysql/MysqlDataSourceOptions.js';
import type { DatabaseConfig } from './database-config.js';
import { DatabaseError } from './database-error.js';
import { Deadline } from './deadline.js';
import { tooBusy } from './turnstile.js';

/** After the server's own limit has passed, the connection is given up this much later. */
const STATEMENT_GRACE_MS = 2_000;

/** TypeORM's options for a pool that is bounded in every respect and whose connections all behave alike. */
export function mysqlOptions(config: DatabaseConfig): MysqlDataSourceOptions {
  const url = new URL(config.url ?? '');
  return {
    type: 'mysql',
    driver: { createPool: (options: PoolOptions) => boundedPool(options, config) },
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 3306),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ssl: config.tls,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    dateStrings: ['DATE'],
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize: config.poolSize,
    maxQueryExecutionTime: config.statementTimeoutMs, // kept by AppDataSource; TypeORM itself would only log
    connectTimeout: config.acquireTimeoutMs,
    flags: ['-LOCAL_FILES'],
    extra: {
      queueLimit: config.queueLimit,
      decimalNumbers: true, // SUM() is a DECIMAL
      jsonStrings: true,
      maxPreparedStatements: 250,
    },
  };
}

export function acquire(pool: Pool): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)));
  });
}

/**
 * Gives a statement that is not answered in time up, together with its connection. The server has limits of its
 * own; this is for the server that does not answer any more.
 */
export function watch(connection: PoolConnection, statementTimeoutMs: number): Deadline {
  return new Deadline(statementTimeoutMs + STATEMENT_GRACE_MS, () => {
    const lost = Object.assign(new Error('Statement timeout'), { code: 'STATEMENT_TIMEOUT' });
    (connection as unknown as { stream: Socket }).stream.destroy(lost);
  });
}

function boundedPool(options: PoolOptions, { acquireTimeoutMs, statementTimeoutMs }: DatabaseConfig): Pool {
  const pool = createPool(options);
  pool.on('connection', (connection) => {
    connection.on('error', () => undefined); // told to the waiting statement; unheard it would end the process
    for (const sql of sessionSettings(statementTimeoutMs)) {
      connection.query(sql, (error) => error && connection.destroy());
    }
  });
  const getConnection = pool.getConnection.bind(pool);
  pool.getConnection = (callback) => {
    let waiting = true;
    const deadline = new Deadline(acquireTimeoutMs, () => {
      waiting = false;
      callback(tooBusy('ACQUIRE_TIMEOUT'), undefined as never);
    });
    getConnection((error, connection) => {
      if (!waiting) return connection?.release();
      deadline.met();
      callback(error && unavailable(error), connection);
    });
  };
  return pool;
}

function unavailable(error: Error & { code?: string }): DatabaseError {
  const code = error.code ?? (error.message.startsWith('Queue limit') ? 'QUEUE_FULL' : 'CONNECTION_FAILED');
  return new DatabaseError({ kind: 'unavailable', code });
}

/** `/*M!` runs on MariaDB only, `/*!80000` on MySQL only; their names for the same limit differ. */
function sessionSettings(statementTimeoutMs: number): string[] {
  return [
    'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
    `SET time_zone = '+00:00', innodb_lock_wait_timeout = 5,
      sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY,PIPES_AS_CONCAT'
      /*M! , max_statement_time = ${statementTimeoutMs / 1000} */
      /*!80000 , max_execution_time = ${statementTimeoutMs} */`,
  ];
}
