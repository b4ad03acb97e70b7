import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { resolve as pathOf } from 'node:path';
import { METHOD_METADATA } from '@nestjs/common/internal';
import { ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE, type ErrorName } from '../../src/common/errors/error-codes.js';
import { createTestApp, type TestApp } from '../support/app.js';
import {
  document,
  needsToken,
  type Operation,
  operations,
  resolve,
  type Schema,
} from '../support/operations.js';

const title = ({ method, path }: Operation) => `${method} ${path}`;
const each = operations.map((operation) => [title(operation), operation] as const);

describe('openapi.json and the product', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await createTestApp();
  });
  afterAll(() => t.close());

  it('name the same routes', () => {
    const mounted = mountedRoutes(t.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }))
      .filter((route) => / \/(api|health|media)(\/|$)/.test(route) && !route.startsWith('HEAD '))
      .map((route) => route.replace(/:(\w+)/g, '{$1}'));
    expect(mounted.length).toBeGreaterThan(50);
    expect(mounted.sort()).toEqual(operations.map(title).sort());
  });

  it('name the operations by the methods of the controllers, each once', () => {
    const handlers = [...t.app.get(ModulesContainer).values()]
      .flatMap((module) => [...module.controllers.values()])
      .flatMap(({ metatype }) => {
        const prototype = (metatype as { prototype: Record<string, object> }).prototype;
        return Object.getOwnPropertyNames(prototype).filter((name) =>
          Reflect.hasMetadata(METHOD_METADATA, prototype[name]!),
        );
      });
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.sort()).toEqual(handlers.sort());
  });
});

describe('openapi.json', () => {
  it("passes redocly's recommended rules without a warning", async () => {
    const program = pathOf(import.meta.dirname, '../../node_modules/.bin/redocly');
    const file = pathOf(import.meta.dirname, '../../openapi.json');
    const output = await new Promise<string>((done) => {
      const env = {
        ...process.env,
        REDOCLY_TELEMETRY: 'off',
        REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
        CI: 'true',
      };
      execFile(
        program,
        ['lint', file, '--extends', 'recommended', '--format', 'json'],
        { env },
        (_, stdout) => done(stdout),
      );
    });
    const { totals, problems } = JSON.parse(output.slice(output.indexOf('{'))) as {
      totals: object;
      problems: object[];
    };
    expect(problems).toEqual([]);
    expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
  }, 60_000);

  it('has every cause of the catalogue that anything can answer', () => {
    const documented = new Set<string>(
      operations.flatMap((operation) => causesOf(operation).map(([, name]) => name)),
    );
    // Answered before a route is known, or by none yet.
    const elsewhere = ['IMAGE_REQUIRED', 'LAST_OWNER', 'GROUP_LIMIT'];
    expect(
      Object.keys(ERROR_CATALOGUE).filter((name) => !documented.has(name) && !elsewhere.includes(name)),
    ).toEqual([]);
  });

  it.each(each)('%s says what it is for, whose it is and who may call it', (_, operation) => {
    const { summary, tags, security, path } = operation;
    expect(summary).toMatch(/^[A-Z].{5,}\.$/s);
    expect(tags).toHaveLength(1);
    // No security at all means that of the document.
    const byToken = { bearer: [] };
    const withoutToken = path.startsWith('/media/') ? [byToken, {}] : [];
    expect(security ?? document.security).toEqual(needsToken(operation) ? [byToken] : withoutToken);
  });

  it.each(each)('%s shows a success as it is answered', (_, { responses }) => {
    const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    expect(successes.length).toBeGreaterThan(0);
    for (const [status, { content, description }] of successes) {
      expect(description).not.toBe('');
      // A picture needs no words.
      if (content!['image/webp']) continue;
      expect(unshown(content!['application/json']!.schema), status).toEqual([]);
    }
  });

  it.each(each)('%s shows every failure with its code and status', (_, operation) => {
    const causes = causesOf(operation);
    for (const [status, name, example] of causes) {
      const { code, status: known } = ERROR_CATALOGUE[name];
      if (name !== 'HTTP_ERROR') expect(known).toBe(status);
      expect(example).toMatchObject({ code, msg: expect.stringMatching(/\S/), data: { error: name } });
    }
    const statuses = new Set(causes.map(([status]) => status));
    const expected = [
      400,
      429,
      500,
      503,
      ...(needsToken(operation) ? [401] : []),
      ...(operation.method === 'GET' ? [] : [413, 415]),
    ];
    for (const status of expected) expect(statuses, String(status)).toContain(status);
  });

  it.each(each)('%s explains what it takes', (_, { parameters, body }) => {
    // An example of a parameter is sent along by Swagger UI: what must not be sent as it is has words instead.
    for (const { name, schema, description } of parameters)
      expect([name, description ? [] : unshown(schema)]).toEqual([name, []]);
    if (body) expect(unshown(body)).toEqual([]);
  });
});

/** Status, name and example of each failure that is documented. */
function causesOf({ responses }: Operation): [status: number, name: ErrorName, example: unknown][] {
  return Object.entries(responses)
    .filter(([status]) => Number(status) >= 400)
    .flatMap(([status, { content }]) => {
      const { examples, schema } = content!['application/json']!;
      expect(schema.$ref).toBe('#/components/schemas/ErrorAnswer');
      return Object.keys(examples!).map((key) => {
        const { value } = document.components['examples']![key] as { value: unknown };
        return [Number(status), key.replace(/_\d+$/, '') as ErrorName, value] as [number, ErrorName, unknown];
      });
    });
}

/** The parts of a schema that a reader cannot picture: nothing shows them, and nothing bounds them either. */
function unshown(given: Schema, at = ''): string[] {
  const schema = resolve(given) as Schema & { default?: unknown };
  if (schema.oneOf) return schema.oneOf.flatMap((one) => unshown(one, at));
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, one]) => unshown(one, `${at}.${name}`));
  const { nullable, pattern, maximum, type } = schema;
  const isClear = nullable || pattern || maximum !== undefined || type === 'boolean' || schema.enum;
  if (isClear || 'example' in schema || 'default' in schema) return [];
  if (schema.items) return unshown(schema.items, `${at}[]`);
  return [at];
}

/** `METHOD /path` of Fastify's tree of routes, in which a branch is indented by four characters. */
function mountedRoutes(tree: string): string[] {
  const parents: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent, segment, methods] = /^([│├└─\s]*)(\S*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (!segment) return [];
    const depth = indent!.length / 4;
    const path = `${parents[depth - 1] ?? ''}${segment}`;
    parents[depth] = path;
    return (methods?.split(', ') ?? []).map((method) => `${method} ${path}`);
  });
}
