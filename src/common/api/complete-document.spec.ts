import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ApiProperty, type OpenAPIObject } from '@nestjs/swagger';
import { beforeAll, describe, expect, it } from 'vitest';
import { OpenApiContract } from '../../../test/support/openapi.js';
import { OptionalAuth } from '../auth/optional-auth.decorator.js';
import { Public } from '../auth/public.decorator.js';
import { RequireScope } from '../auth/require-scope.decorator.js';
import { appError } from '../errors/app-error.js';
import { toErrorBody } from '../filters/to-error-body.js';
import { envelope } from './envelope.adapter.js';
import { IdParam } from './id-param.decorator.js';
import { buildDocument } from './openapi.js';
import { ApiCreatedData, ApiErrors, ApiOkData, page } from './openapi-decorators.js';

class ThingDto {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ type: String, nullable: true })
  remark: string | null;
}

@Controller('things')
class ThingController {
  @Public()
  @Get()
  @ApiOkData(page(ThingDto))
  listThings() {}

  @Get('first')
  @ApiOkData(null)
  getFirst() {}

  @OptionalAuth()
  @Get(':id')
  @ApiOkData(ThingDto)
  @ApiErrors('USER_NOT_FOUND')
  getThing(@IdParam('id') _id: number) {}

  @RequireScope('group:moderate')
  @Post()
  @ApiCreatedData([ThingDto])
  @ApiErrors('GROUP_FULL', 'ALREADY_MEMBER')
  @ApiErrors('BANNED')
  createThings() {}
}

@Module({ controllers: [ThingController] })
class ThingModule {}

const context = { request: 'GET /x', requestId: 'r', language: 'en' } as const;

describe('the API document', () => {
  let document: OpenAPIObject;
  let contract: OpenApiContract;

  beforeAll(async () => {
    const app = await NestFactory.create(ThingModule, new FastifyAdapter(), { preview: true, logger: false });
    document = buildDocument(app);
    contract = new OpenApiContract(document as never);
  });

  const operation = (path: string, method: 'get' | 'post' = 'get') => document.paths[path]![method]!;
  const causes = (path: string, status: number, method: 'get' | 'post' = 'get') => {
    const response = operation(path, method).responses[status] as {
      content: Record<string, { examples: object }>;
    };
    return Object.keys(response.content['application/json']!.examples);
  };

  it('says who may call a route', () => {
    expect(document.security).toEqual([{ bearer: [] }]);
    expect(operation('/things').security).toEqual([]);
    expect(operation('/things/{id}').security).toEqual([{ bearer: [] }, {}]);
    expect(operation('/things/first').security).toBeUndefined();
    expect(operation('/things', 'post').description).toContain('`group:moderate`');
  });

  it('lists every failure of a route under its status, from all its decorators', () => {
    expect(causes('/things', 409, 'post')).toEqual(['ALREADY_MEMBER', 'CONFLICT_RETRY', 'GROUP_FULL']);
    expect(causes('/things', 403, 'post')).toEqual(['BANNED', 'NO_PERMISSION']);
    expect(causes('/things/{id}', 404)).toEqual(['USER_NOT_FOUND']);
    expect(causes('/things/first', 401)).toEqual(['NOT_LOGGED_IN', 'TOKEN_EXPIRED', 'TOKEN_INVALID']);
    expect(operation('/things').responses).not.toHaveProperty('401');
  });

  it('leaves none of its own marks behind', () => {
    expect(JSON.stringify(document)).not.toMatch(/"x-(error|access)/);
  });

  it('has an example of every failure that its own schema accepts', () => {
    const examples = document.components!.examples as Record<string, { value: { data: { error: string } } }>;
    expect(Object.keys(examples)).toContain('HTTP_ERROR_415');
    for (const { value } of Object.values(examples)) {
      expect(() => contract.assertMatches('GET', '/nowhere', 404, value)).not.toThrow();
      expect(JSON.stringify(value)).not.toContain('{seconds}');
    }
  });

  it('names the operations and the path parameters', () => {
    expect(operation('/things/{id}').operationId).toBe('getThing');
    expect(operation('/things/{id}').parameters).toEqual([
      {
        in: 'path',
        name: 'id',
        required: true,
        schema: expect.objectContaining({ type: 'integer', minimum: 1 }),
      },
    ]);
  });

  describe('holds an answer', () => {
    const thing = { id: 1, remark: null };
    const hold =
      (url: string, status: number, body: unknown, method = 'GET') =>
      () =>
        contract.assertMatches(method, url, status, body);

    it('that is as documented', () => {
      expect(hold('/things/7?x=1', 200, envelope(thing))).not.toThrow();
      expect(hold('/things/first', 200, envelope(undefined))).not.toThrow();
      expect(hold('/things', 200, envelope({ items: [thing], nextCursor: null }))).not.toThrow();
      expect(hold('/things', 201, envelope([thing]), 'POST')).not.toThrow();
      expect(hold('/things/7', 404, toErrorBody(appError('USER_NOT_FOUND'), context))).not.toThrow();
      expect(hold('/nowhere', 404, toErrorBody(appError('HTTP_ERROR'), context))).not.toThrow();
    });

    it.each([
      ['has a field nobody documented', '/things/7', 200, envelope({ ...thing, phone: '+86' })],
      ['lacks a field', '/things/7', 200, envelope({ id: 1 })],
      ['has a field of the wrong type', '/things/7', 200, envelope({ ...thing, id: '1' })],
      ['has no envelope', '/things/7', 200, thing],
      ['has data where there is to be none', '/things/first', 200, envelope(thing)],
      ['has a status nobody documented', '/things/7', 410, toErrorBody(appError('INVITE_EXPIRED'), context)],
      ['has a cause nobody documented', '/things/7', 404, toErrorBody(appError('GROUP_NOT_FOUND'), context)],
      ['is a success of an address that does not exist', '/nowhere', 200, envelope(null)],
    ])('against it that %s', (_what, url, status, body) => {
      expect(hold(url, status, body)).toThrow();
    });
  });
});
