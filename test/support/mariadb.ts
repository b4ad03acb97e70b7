import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { findProgram, freePort } from './programs.js';

/** A MySQL-protocol server that is there already. */
export class DatabaseServer {
  constructor(private readonly address: string) {}

  /** Address of a database on this server; without a name, of the server. */
  url(database = ''): string {
    const url = new URL(this.address);
    url.pathname = `/${database}`;
    return url.href;
  }

  /** Makes an empty database, in place of the one of that name, and returns its address. */
  async createDatabase(name: string): Promise<string> {
    await this.dropDatabase(name);
    await this.execute(`CREATE DATABASE \`${name}\``);
    return this.url(name);
  }

  async dropDatabase(name: string): Promise<void> {
    await this.execute(`DROP DATABASE IF EXISTS \`${name}\``);
  }

  async stop(): Promise<void> {}

  private async execute(sql: string): Promise<void> {
    const connection = await createConnection(this.url());
    try {
      await connection.query(sql);
    } finally {
      await connection.end();
    }
  }
}

const USER = 'higroup';
const START_SECONDS = 60;

/** A private mariadbd on a temporary folder and a free port of the loopback interface. */
export class MariaDb extends DatabaseServer {
  private process: ChildProcess | undefined;

  private constructor(
    private readonly program: string,
    private readonly folder: string,
    private readonly port: number,
    private readonly extraSettings: readonly string[],
  ) {
    super(`mysql://${USER}:${USER}@127.0.0.1:${port}`);
  }

  /**
   * Undefined when MariaDB is not installed.
   * @param extraSettings options of mariadbd over those of a test
   */
  static async start(extraSettings: readonly string[] = []): Promise<MariaDb | undefined> {
    const program = findProgram('mariadbd');
    const installer = findProgram('mariadb-install-db', 'mysql_install_db');
    if (!program || !installer) return undefined;
    const folder = await mkdtemp(join(tmpdir(), 'higroup-mariadb-'));
    const server = new MariaDb(program, folder, await freePort(), extraSettings);
    try {
      await server.install(installer);
      await server.start();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Starts again after `kill`, on the same port and the same data. */
  async start(): Promise<void> {
    const server = spawn(this.program, this.settings(), { stdio: 'ignore' });
    this.process = server;
    process.once('exit', () => server.kill('SIGKILL'));
    for (const deadline = Date.now() + START_SECONDS * 1000; ; await sleep(50)) {
      const refused = await createConnection(this.url()).then(
        (connection) => connection.end(),
        (error: unknown) => error,
      );
      if (!refused) return;
      if (server.exitCode !== null || Date.now() > deadline) {
        throw new Error(`mariadbd does not start:\n${await readFile(this.path('error.log'), 'utf8')}`);
      }
    }
  }

  /** Ends the server as a crash would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** The server keeps its connections and answers nothing until `resume`. */
  suspend(): void {
    this.process?.kill('SIGSTOP');
  }

  resume(): void {
    this.process?.kill('SIGCONT');
  }

  override async stop(): Promise<void> {
    this.resume();
    await this.end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  private async install(installer: string): Promise<void> {
    await promisify(execFile)(installer, [
      '--no-defaults',
      `--datadir=${this.path('data')}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...asUser(),
    ]);
    await writeFile(
      this.path('init.sql'),
      `CREATE USER IF NOT EXISTS '${USER}'@'127.0.0.1' IDENTIFIED BY '${USER}';\n` +
        `GRANT ALL ON *.* TO '${USER}'@'127.0.0.1';\n`,
    );
  }

  private settings(): string[] {
    return [
      '--no-defaults',
      ...asUser(),
      `--datadir=${this.path('data')}`,
      `--socket=${this.path('socket')}`,
      `--pid-file=${this.path('pid')}`,
      `--log-error=${this.path('error.log')}`,
      `--init-file=${this.path('init.sql')}`,
      '--bind-address=127.0.0.1',
      `--port=${this.port}`,
      '--skip-name-resolve',
      '--skip-log-bin',
      '--performance-schema=OFF',
      '--max-connections=400',
      '--innodb-buffer-pool-size=128M',
      '--innodb-flush-log-at-trx-commit=0',
      // Anything that relies on the server's settings instead of the session's shows.
      '--default-time-zone=+05:30',
      '--sql-mode=',
      '--character-set-server=latin1',
      ...this.extraSettings,
    ];
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { process: server } = this;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    const late = setTimeout(() => server.kill('SIGKILL'), 15_000);
    await exited;
    clearTimeout(late);
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}

/** The server for a test run: that of TEST_MYSQL_URL, else a private one, else undefined. */
export async function startMariaDb(): Promise<DatabaseServer | undefined> {
  const given = process.env.TEST_MYSQL_URL;
  return given ? new DatabaseServer(given) : MariaDb.start();
}

/** mariadbd refuses to run as root unless told to. */
function asUser(): string[] {
  return process.getuid?.() === 0 ? [`--user=${userInfo().username}`] : [];
}
