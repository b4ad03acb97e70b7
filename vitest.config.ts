import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { findProgram } from './test/support/programs.js';

const { TEST_MYSQL_URL, TEST_REDIS_URL, TEST_REQUIRE_ALL } = process.env;
const hasMysql = Boolean(TEST_MYSQL_URL || findProgram('mariadbd'));
const hasChromium = Boolean(findProgram('chromium', 'chromium-browser', 'google-chrome'));
const hasRedis = Boolean(TEST_REDIS_URL || findProgram('redis-server'));

const missing = [
  !hasMysql && 'MySQL/MariaDB: every api and db test on it is SKIPPED (apt-get install -y mariadb-server)',
  !hasRedis && 'Redis: every test that needs it is SKIPPED (apt-get install -y redis-server)',
  !hasChromium && 'Chromium: every test of the web client is SKIPPED (apt-get install -y chromium)',
].filter((line) => line !== false);

if (missing.length > 0 && TEST_REQUIRE_ALL === '1') {
  throw new Error(`TEST_REQUIRE_ALL is set, but these are missing:\n${missing.join('\n')}`);
}
// Below the results, where it is seen, and once, although every project reads this file.
const known = globalThis as Record<symbol, boolean>;
if (missing.length > 0 && !known[Symbol.for('higroup.test.missing')]) {
  known[Symbol.for('higroup.test.missing')] = true;
  process.once('exit', () => missing.forEach((line) => console.warn(`\n!!! Not found: ${line}`)));
}

const onDatabase = (tier: 'api' | 'db' | 'web', kind: 'sqlite' | 'mysql') => ({
  extends: true as const,
  test: {
    name: `${tier}:${kind}`,
    include: [`test/${tier}/**/*.spec.ts`],
    // What only a server can do, and what does not depend on the database.
    exclude: [kind === 'sqlite' ? '**/*.mysql.spec.ts' : '**/*.sqlite.spec.ts'],
    env: { TEST_DATABASE: kind },
    // A browser on a busy machine is slow; what hangs is found by the waiting within a test.
    ...(tier === 'web' && { testTimeout: 180_000, hookTimeout: 180_000 }),
    globalSetup: ['test/support/global-setup.ts'],
  },
});

const tier = (name: string, include: string) => ({
  extends: true as const,
  test: { name, include: [include] },
});

/**
 * Projects in the order in which they stand below, not by name: first what answers soon, last what consists of many
 * short files, so that no worker is idle while the other ends a long one. Within a project long files still come first.
 */
class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ project }: TestSpecification) => this.ctx.projects.indexOf(project);
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  // Decorators need the metadata that esbuild and oxc do not write unless told to.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // Loading Nest, TypeORM and the product takes two seconds: once per worker and project, not once per file.
    // Neither the product nor its tests keep anything in modules that another file could trip over.
    isolate: false,
    sequence: { sequencer: ByProject },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    projects: [
      tier('unit', 'src/**/*.spec.ts'),
      {
        ...tier('web-unit', 'web/src/**/*.spec.ts'),
        resolve: { alias: { '@': fileURLToPath(new URL('./web/src', import.meta.url)) } },
      },
      tier('arch', 'test/arch/**/*.spec.ts'),
      tier('smoke', 'test/smoke/**/*.spec.ts'),
      ...(hasChromium ? [onDatabase('web', 'sqlite')] : []),
      ...(hasChromium && hasMysql ? [onDatabase('web', 'mysql')] : []),
      onDatabase('api', 'sqlite'),
      ...(hasMysql ? [onDatabase('api', 'mysql'), onDatabase('db', 'mysql')] : []),
      onDatabase('db', 'sqlite'),
    ],
  },
});
