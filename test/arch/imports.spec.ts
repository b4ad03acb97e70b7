import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const web = join(root, 'web');

/** Violations in `cwd/src` as "rule: from → to". */
async function cruise(cwd: string, rules = root): Promise<string[]> {
  const program = join(root, 'node_modules/.bin/depcruise');
  const args = ['src', '--config', join(rules, '.dependency-cruiser.cjs'), '--output-type', 'json'];
  const output = await new Promise<string>((done, failed) => {
    execFile(program, args, { cwd, maxBuffer: 100e6 }, (_exit, stdout, stderr) =>
      stdout ? done(stdout) : failed(new Error(stderr)),
    );
  });
  const { summary } = JSON.parse(output) as {
    summary: { violations: { rule: { name: string }; from: string; to: string }[]; totalCruised: number };
  };
  expect(summary.totalCruised).toBeGreaterThan(0);
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

describe('who may import whom', { timeout: 120_000 }, () => {
  it('holds in the product', async () => {
    expect(await cruise(root)).toEqual([]);
  });

  it('holds in the web client', async () => {
    expect(await cruise(web, web)).toEqual([]);
  });
});

describe('the import table', () => {
  const folder = mkdtempSync(join(tmpdir(), 'higroup-imports-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** [file, what it imports, the rule it breaks; none when it may] */
  const cases: [string, string, string?][] = [
    ['src/common/a.ts', './b.js'],
    ['src/common/c.ts', '../modules/user/index.js', 'common-knows-no-module'],
    ['src/common/d.ts', '../app.js', 'common-knows-no-module'],
    ['src/modules/user/a.ts', '../group/index.js', 'user-knows'],
    ['src/modules/user/b.ts', '../../main.js', 'modules-know-no-root'],
    ['src/modules/group/a.ts', '../user/index.js'],
    ['src/modules/group/b.ts', '../user/user.service.js', 'modules-by-their-index'],
    ['src/modules/group/c.ts', '../community/index.js', 'group-knows'],
    ['src/modules/community/a.ts', '../question/index.js', 'community-knows'],
    ['src/modules/question/a.ts', '../group/index.js'],
    ['src/modules/user/index.ts', './user.entity.js', 'index-hides-tables'],
    ['src/modules/group/x.controller.ts', './x.repository.js', 'controllers-are-thin'],
    ['src/modules/group/y.controller.ts', 'typeorm', 'controllers-are-thin'],
    ['src/modules/group/x.service.ts', 'fastify', 'services-know-no-sql-and-no-http'],
    ['src/modules/group/y.service.ts', 'typeorm', 'services-know-no-sql-and-no-http'],
    ['src/modules/group/x.repository.ts', './dto/x.dto.js', 'repositories-know-no-wire'],
    ['src/modules/group/y.repository.ts', 'typeorm'],
    ['src/modules/group/x.mapper.ts', 'typeorm', 'sql-in-repositories'],
    ['src/modules/group/rules/x.ts', '@nestjs/common', 'rules-are-pure'],
    ['src/modules/group/rules/y.ts', '../group.entity.js', 'rules-are-pure'],
    ['src/common/e.ts', 'vitest', 'no-dev-packages'],
    ['src/common/f.ts', './nowhere.js', 'nothing-unresolvable'],
    ['src/common/one.ts', './two.js', 'no-cycles'],
  ];

  it('refuses what the architecture forbids, and nothing else', async () => {
    const write = (file: string, text: string) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    };
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const file of ['tsconfig.json', 'package.json']) symlinkSync(join(root, file), join(folder, file));
    for (const file of ['app', 'main', 'common/b', 'modules/user/user.service', 'modules/user/user.entity']) {
      write(`src/${file}.ts`, 'export const x = 1;\n');
    }
    for (const file of [
      'group/index',
      'community/index',
      'question/index',
      'group/x.repository',
      'group/dto/x.dto',
      'group/group.entity',
    ]) {
      write(`src/modules/${file}.ts`, 'export const x = 1;\n');
    }
    write('src/common/two.ts', `import './one.js';\n`);
    for (const [file, target] of cases) write(file, `import * as y from '${target}';\nexport const x = y;\n`);

    const violations = await cruise(folder);
    for (const [file, target, rule] of cases) {
      const rules = violations
        .filter((line) => line.includes(`: ${file} → `))
        .map((line) => line.split(':')[0]);
      if (rule) expect(rules, `${file} imports ${target}`).toContain(rule);
      else expect(rules, `${file} imports ${target}`).toEqual([]);
    }
  });
});

describe('the import table of the client', () => {
  const folder = mkdtempSync(join(tmpdir(), 'higroup-web-imports-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('refuses what the layout forbids, and nothing else', async () => {
    const write = (file: string, text: string) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    };
    const component = (target: string) =>
      `<script setup lang="ts">\nimport * as y from '${target}';\nconst x = y;\n</script>\n<template>{{ x }}</template>\n`;
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    mkdirSync(join(folder, 'web'));
    symlinkSync(join(web, 'tsconfig.json'), join(folder, 'web/tsconfig.json'));
    for (const file of ['src/a', 'web/src/api/a', 'web/src/areas/one/a', 'web/src/areas/two/a'])
      write(`${file}.ts`, 'export const x = 1;\n');
    write('web/src/areas/one/Fine.vue', component('@/api/a'));
    write('web/src/areas/one/Server.vue', component('../../../../src/a'));
    write('web/src/areas/one/Other.vue', component('../two/a'));
    write('web/src/components/Area.vue', component('@/areas/one/a'));
    write('web/src/components/Nowhere.vue', component('./nowhere'));

    expect((await cruise(join(folder, 'web'), web)).toSorted()).toEqual([
      'areas-are-apart: src/areas/one/Other.vue → src/areas/two/a.ts',
      'client-knows-no-server: src/areas/one/Server.vue → ../src/a.ts',
      'nothing-unresolvable: src/components/Nowhere.vue → ./nowhere',
      'shared-knows-no-area: src/components/Area.vue → src/areas/one/a.ts',
    ]);
  });
});
