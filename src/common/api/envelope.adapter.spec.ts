import { Body, Controller, Delete, Get, HttpCode, Module, Post, Query, StreamableFile } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../database/database.js';
import { AllExceptionsFilter } from '../filters/all-exceptions.filter.js';
import { IsText } from '../validation/is-text.js';
import { UndeclaredInputGuard } from '../validation/undeclared-input.guard.js';
import { validationPipe } from '../validation/validation.pipe.js';
import { CreatedOrOk } from './created-or-ok.decorator.js';
import { DayParam } from './day-param.decorator.js';
import { EnvelopeAdapter } from './envelope.adapter.js';
import { IdParam, UserIdParam } from './id-param.decorator.js';
import { PageQueryDto } from './page-query.dto.js';

class NameDto {
  @IsText({ min: 1, max: 5 })
  name: string;
}

@Controller('things')
class ThingController {
  @Get()
  listThings(@Query() query: PageQueryDto) {
    return { items: [], nextCursor: null, limit: query.limit };
  }

  @Post()
  createThing(@Body() dto: NameDto) {
    return dto;
  }

  @Post('done')
  @CreatedOrOk()
  submitThing(@Body() { name }: NameDto) {
    return { created: name === 'new' };
  }

  @Post('nothing')
  @HttpCode(200)
  doNothing() {}

  @Get('file')
  getFile() {
    return new StreamableFile(Buffer.from('raw'), { type: 'text/plain' });
  }

  @Get('falsy')
  getZero() {
    return 0;
  }

  @Get(':id')
  getThing(@IdParam('id') id: number) {
    return { id };
  }

  @Get('of/:userId')
  getThingsOf(@UserIdParam('userId') userId: number) {
    return { userId };
  }

  @Get('on/:day')
  getThingsOn(@DayParam('day') day: string) {
    return { day };
  }

  @Delete(':id')
  deleteThing(@IdParam('id') _id: number) {}
}

@Module({
  controllers: [ThingController],
  providers: [
    { provide: Database, useValue: { dialect: { toError: (error: unknown) => error } } },
    { provide: APP_GUARD, useClass: UndeclaredInputGuard },
    { provide: APP_PIPE, useValue: validationPipe },
    { provide: APP_FILTER, useClass: AllExceptionsFilter },
  ],
})
class ThingModule {}

describe('an answer', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await NestFactory.create<NestFastifyApplication>(ThingModule, new EnvelopeAdapter(), {
      logger: false,
    });
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRequest', (request, _reply, done) => {
        request.context = { requestId: request.id, language: 'en', address: request.ip };
        if (request.headers['x-user']) request.actor = { id: Number(request.headers['x-user']) } as never;
        done();
      });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });

  afterAll(() => app.close());

  async function send(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, headers = {}) {
    const response = await app.inject({ method, url, payload, headers });
    return { status: response.statusCode, body: response.json<unknown>() };
  }
  const ok = (data: unknown, status = 200) => ({ status, body: { code: 0, msg: 'ok', data } });
  const badParameter = (field: string) =>
    expect.objectContaining({
      status: 400,
      body: expect.objectContaining({
        code: 11001,
        data: expect.objectContaining({ error: 'BAD_PARAMETER', fields: { [field]: [expect.any(String)] } }),
      }),
    });

  it('is an envelope of code, msg and data', async () => {
    expect(await send('GET', '/things/7')).toEqual(ok({ id: 7 }));
    expect(await send('POST', '/things', { name: 'a' })).toEqual(ok({ name: 'a' }, 201));
  });

  it('has null for data where there is nothing, and keeps what only looks like nothing', async () => {
    expect(await send('POST', '/things/nothing')).toEqual(ok(null));
    expect(await send('DELETE', '/things/7')).toEqual(ok(null));
    expect(await send('GET', '/things/falsy')).toEqual(ok(0));
  });

  it('is 201 when this request did it and 200 when it was done before', async () => {
    expect(await send('POST', '/things/done', { name: 'new' })).toEqual(ok({ created: true }, 201));
    expect(await send('POST', '/things/done', { name: 'old' })).toEqual(ok({ created: false }, 200));
  });

  it('leaves files alone', async () => {
    const response = await app.inject('/things/file');
    expect([response.headers['content-type'], response.body]).toEqual(['text/plain', 'raw']);
  });

  it('knows whom `me` means', async () => {
    expect(await send('GET', '/things/of/me', undefined, { 'x-user': '42' })).toEqual(ok({ userId: 42 }));
    expect(await send('GET', '/things/of/43', undefined, { 'x-user': '42' })).toEqual(ok({ userId: 43 }));
    expect(await send('GET', '/things/of/me')).toMatchObject({ status: 401, body: { code: 10006 } });
  });

  it.each(['1e3', '-1', '0', '01', '99999999999999999999', '%EF%BC%91', '7%00', 'seven', '%20'])(
    'to the id %s is 400 with the name of the parameter',
    async (id) => {
      expect(await send('GET', `/things/${id}`)).toEqual(badParameter('id'));
      expect(await send('DELETE', `/things/${id}`)).toEqual(badParameter('id'));
      expect(await send('GET', `/things/of/${id}`)).toEqual(badParameter('userId'));
    },
  );

  it('to a day that does not exist is 400', async () => {
    expect(await send('GET', '/things/on/2026-02-28')).toEqual(ok({ day: '2026-02-28' }));
    expect(await send('GET', '/things/on/2026-02-30')).toEqual(badParameter('day'));
  });

  it('to input that the route does not declare is 400', async () => {
    expect(await send('GET', '/things/7?x=1')).toEqual(badParameter('x'));
    expect(await send('GET', '/things/7?__proto__=1')).toEqual(badParameter('__proto__'));
    expect(await send('GET', '/things?x=1')).toEqual(badParameter('x'));
    expect(await send('POST', '/things?x=1', { name: 'a' })).toEqual(badParameter('x'));
    expect(await send('POST', '/things', { name: 'a', x: 1 })).toEqual(badParameter('x'));
    expect(await send('POST', '/things/nothing', { x: 1 })).toEqual(badParameter('body'));
    expect(await send('POST', '/things/nothing', [1])).toEqual(badParameter('body'));
    expect(await send('POST', '/things/nothing', {})).toEqual(ok(null));
  });

  it('takes the defaults of a query', async () => {
    expect(await send('GET', '/things')).toEqual(ok({ items: [], nextCursor: null, limit: 20 }));
    expect(await send('GET', '/things?limit=5')).toEqual(ok({ items: [], nextCursor: null, limit: 5 }));
  });
});
