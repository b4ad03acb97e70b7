import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModulesContainer, repl } from '@nestjs/core';
import { createPreview } from './app.js';
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

type Command = (args: string[]) => Promise<void>;

/** What `npm run <name>` can do besides serving. A module's own commands are added here. */
const commands: Record<string, Command> = {
  migrate: () =>
    onDatabase(async (dataSource) => {
      const done = await migrate(dataSource);
      console.log(done.length > 0 ? `done: ${done.join(', ')}` : 'the schema is up to date');
    }),
  'migrate:revert': () => onDatabase(revertLast),
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
      for (const { metatype, instance } of module.providers.values()) {
        if (metatype?.name && instance instanceof metatype) {
          context[metatype.name[0]!.toLowerCase() + metatype.name.slice(1)] = instance;
        }
      }
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
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
}
