import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModulesContainer, repl } from '@nestjs/core';
import { createContext, createPreview } from './app.js';
import { AppModule, entities } from './app.module.js';
import { buildDocument } from './common/api/openapi.js';
import type { AppConfig } from './common/config/app-config.js';
import { configurationDoc, envExample } from './common/config/config-doc.js';
import { ConfigError } from './common/config/config-error.js';
import { loadConfig } from './common/config/load-config.js';
import type { AppDataSource } from './common/database/app-data-source.js';
import { createDataSource } from './common/database/data-source.js';
import { migrations } from './common/database/migrations/index.js';
import { migrate, revertLast, status } from './common/database/migrator.js';
import { errorsDocument } from './common/errors/errors-doc.js';
import { JobLock } from './common/jobs/job-lock.js';
import { type Role, ROLES } from './common/auth/role.js';
import type { RecountedTable, RecountOptions } from './common/recount.js';
import { FixedClock } from './common/time/clock.js';
import { toE164 } from './common/validation/is-phone.js';
import { CommunityRecountService } from './modules/community/index.js';
import { GroupRecountService } from './modules/group/index.js';
import { QuestionRecountService } from './modules/question/index.js';
import { UserService } from './modules/user/index.js';
import { UserRepository } from './modules/user/user.repository.js';
import { DEMO_PASSWORD, NICKNAMES, phoneOf } from './seed/demo-data.js';
import { seed } from './seed/seed.js';

type Command = (args: string[]) => Promise<void>;

interface RecountService {
  recount(options: RecountOptions): Promise<RecountedTable[]>;
}

/** Told to the operator as it is, without a stack. */
class CommandError extends Error {}

/** What `npm run <name>` can do besides serving. A module's own commands are added here. */
const commands: Record<string, Command> = {
  migrate: () =>
    onDatabase(async (dataSource) => {
      const done = await migrate(dataSource);
      console.log(done.length > 0 ? `done: ${done.join(', ')}` : 'the schema is up to date');
    }),
  'migrate:revert': () =>
    onDatabase(async (dataSource) => {
      console.log(`reverted: ${(await revertLast(dataSource)) ?? 'nothing'}`);
    }),
  'migrate:status': () =>
    onDatabase(async (dataSource) => {
      for (const { name, done } of await status(dataSource))
        console.log(`${done ? 'done   ' : 'pending'} ${name}`);
    }),
  openapi: async ([file = 'openapi.json']) => {
    const app = await createPreview(previewConfig());
    write(file, `${JSON.stringify(buildDocument(app), null, 2)}\n`);
  },
  docs: async () => {
    write('docs/errors.md', errorsDocument());
    write('docs/configuration.md', configurationDoc());
    write('.env.example', envExample());
  },
  shell: async () => {
    const { context } = await repl(AppModule.forRoot(configured()));
    // Services, repositories and the database under their own names: `await groupService.…`.
    const get = context['get'] as <T>(token: new (...args: never[]) => T) => T;
    for (const module of get(ModulesContainer).values()) {
      for (const [token, { instance }] of module.providers) {
        if (typeof token === 'function' && instance instanceof token) {
          context[token.name[0]!.toLowerCase() + token.name.slice(1)] = instance;
        }
      }
    }
  },
  seed: async () => {
    const config = configured();
    if (config.env === 'production')
      throw new CommandError('demo accounts have known passwords: not in production');
    const now = new Date();
    const clock = new FixedClock(now);
    const app = await createContext(config, { clock });
    try {
      const done = await seed(app, clock, now);
      if (!done) return console.log('the demo data is there already');
      console.log(`\n  Demo accounts; the password of each is ${DEMO_PASSWORD}\n`);
      for (const [index, nickname] of NICKNAMES.entries()) console.log(`  ${phoneOf(index)}  ${nickname}`);
    } finally {
      await app.close();
    }
  },
  recount: async ([option, ...more]) => {
    if ((option !== undefined && option !== '--fix') || more.length > 0)
      throw new CommandError('usage: npm run recount [-- --fix]');
    const app = await createContext(configured());
    try {
      const tables: RecountedTable[] = [];
      for (const service of [GroupRecountService, CommunityRecountService, QuestionRecountService]) {
        const recount = app.get<RecountService>(service, { strict: false });
        tables.push(...(await recount.recount({ fix: option === '--fix', onDrift: console.log })));
      }
      for (const { table, checked, drift, fixed } of tables)
        console.log(`${table.padEnd(18)} ${checked} checked, ${drift} wrong, ${fixed} repaired`);
      if (tables.some(({ drift, fixed }) => drift > fixed)) process.exitCode = 1;
    } finally {
      await app.close();
    }
  },
  jobs: async () => {
    const app = await createContext(configured());
    try {
      for (const { name, slot, holder, finishedAt, error } of await app
        .get(JobLock, { strict: false })
        .list()) {
        const state = holder ? 'running' : `finished ${finishedAt?.toISOString() ?? 'never'}`;
        console.log(`${name.padEnd(28)} ${slot.padEnd(24)} ${state}${error ? `: ${error}` : ''}`);
      }
    } finally {
      await app.close();
    }
  },
  role: async ([phone = '', role = '']) => {
    if (!ROLES.includes(role as Role))
      throw new CommandError(`usage: npm run role -- <phone> ${ROLES.join(' | ')}`);
    const app = await createContext(configured());
    try {
      const user = await app.get(UserRepository, { strict: false }).findByPhone(toE164(phone));
      if (!user) throw new CommandError(`nobody has registered with ${phone}`);
      await app.get(UserService, { strict: false }).assignRole(null, user.id, role as Role);
      console.log(`${phone} is now ${role}`);
    } finally {
      await app.close();
    }
  },
};

function configured(): AppConfig {
  return loadConfig(process.env, { envFile: '.env' });
}

/** For what needs no more of the configuration than that there is one. */
function previewConfig(): AppConfig {
  return loadConfig({ NODE_ENV: 'test', TOKEN_SECRET: 'x'.repeat(32) });
}

async function onDatabase(work: (dataSource: AppDataSource) => Promise<void>): Promise<void> {
  const config = configured();
  if (config.database.file) mkdirSync(dirname(config.database.file), { recursive: true });
  const dataSource = await createDataSource(config.database, entities, migrations);
  try {
    await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** @param file relative to the root of the project, wherever the command was started */
function write(file: string, text: string): void {
  const path = file.startsWith('/') ? file : fileURLToPath(new URL(`../${file}`, import.meta.url));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`wrote ${file}`);
}

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(`usage: node dist/cli.js ${Object.keys(commands).join(' | ')}`);
  process.exit(2);
}
try {
  await command(args);
} catch (error) {
  console.error(error instanceof ConfigError || error instanceof CommandError ? error.message : error);
  process.exitCode = 1;
}
