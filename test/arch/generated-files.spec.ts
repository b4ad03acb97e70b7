import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { configurationDoc, envExample } from '../../src/common/config/config-doc.js';
import { loadConfig } from '../../src/common/config/load-config.js';
import { variables } from '../../src/common/config/topics.js';
import { errorsDocument } from '../../src/common/errors/errors-doc.js';

const root = resolve(import.meta.dirname, '../..');
const committed = (file: string) => readFileSync(join(root, file), 'utf8');

it('docs/configuration.md is what `npm run docs` writes', () => {
  expect(committed('docs/configuration.md')).toBe(configurationDoc());
});

it('.env.example is what `npm run docs` writes', () => {
  expect(committed('.env.example')).toBe(envExample());
});

it('docs/errors.md is what `npm run docs` writes', () => {
  expect(committed('docs/errors.md')).toBe(errorsDocument());
});

it('openapi.json is what `npm run openapi` writes from the compiled product', async () => {
  expect(existsSync(join(root, 'dist/cli.js')), 'npm run build comes first').toBe(true);
  const folder = mkdtempSync(join(tmpdir(), 'higroup-openapi-'));
  try {
    await promisify(execFile)(process.execPath, [
      join(root, 'dist/cli.js'),
      'openapi',
      join(folder, 'openapi.json'),
    ]);
    expect(readFileSync(join(folder, 'openapi.json'), 'utf8')).toBe(committed('openapi.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('says of every variable what it is, and shows values that are accepted', () => {
  const document = configurationDoc();
  for (const [name, { desc }] of Object.entries(variables)) {
    expect(document).toContain(`| \`${name}\` |`);
    expect(desc, name).toMatch(/^.{10,}\.$/);
  }
  const examples = [...envExample().matchAll(/^#([A-Z_]+)=(.+)$/gm)].map(([, name, value]) => [
    name!,
    value!,
  ]);
  expect(examples.length).toBeGreaterThan(30);
  const env = Object.fromEntries(examples.filter(([name]) => name !== 'DATABASE_TLS_CA'));
  expect(() => loadConfig({ ...env, TOKEN_SECRET: 's'.repeat(32) })).not.toThrow();
});
