import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Module } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Public } from '../../src/common/auth/public.decorator.js';
import { Database } from '../../src/common/database/database.js';
import { stopGracefully } from '../../src/common/shutdown/shutdown.js';
import { createTestApp, type TestApp } from '../support/app.js';

/** More than the buffers of a connection hold. */
const LONG = 20_000_000;

@Public()
@Controller('slow')
class SlowController {
  under = 0;

  constructor(private readonly db: Database) {}

  @Get()
  async readSlowly() {
    this.under++;
    await sleep(150 + Math.random() * 150);
    // Fails when the pool was closed under the handler.
    const rows = await this.db.rows('select 1 as one');
    this.under--;
    return rows;
  }

  @Get('long')
  readLong() {
    return 'x'.repeat(LONG);
  }

  @Get('stuck')
  async never() {
    await sleep(60_000, undefined, { ref: false });
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

interface Reply {
  status?: number;
  connection?: string;
  error?: string;
}

let test: TestApp;
let port: number;
let agent: Agent;
const ask = (path: string, through = agent) =>
  new Promise<Reply>((resolve) => {
    get({ host: '127.0.0.1', port, path, agent: through }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({ status: response.statusCode, connection: response.headers.connection }),
      );
    }).on('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code }));
  });

beforeEach(async () => {
  test = await createTestApp({ modules: [SlowModule], env: { SHUTDOWN_TIMEOUT_MS: '2000' } });
  await test.app.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = test.app.getHttpServer().address() as { port: number });
  agent = new Agent({ keepAlive: true });
});
afterEach(async () => {
  agent.destroy();
  await test.close();
});

describe('stopping under load', () => {
  it('answers every request under way, resets none, and closes what it keeps last', async () => {
    const replies: Reply[] = [];
    const client = async () => {
      for (;;) {
        const reply = await ask('/api/v1/slow');
        replies.push(reply);
        if (reply.error) return;
      }
    };
    const clients = Array.from({ length: 64 }, client);
    await sleep(700);
    const slow = test.app.get(SlowController, { strict: false });
    expect(slow.under).toBeGreaterThan(0);
    const before = replies.length;

    const started = performance.now();
    await stopGracefully(test.app);
    expect(performance.now() - started).toBeLessThan(1_500);
    await Promise.all(clients);

    expect(slow.under).toBe(0);
    expect(before).toBeGreaterThan(0);
    expect(replies.length).toBeGreaterThanOrEqual(before + 64);
    // A client learns that the server is gone by not getting a connection, never in the middle of a request.
    const failures = replies.filter(({ status }) => status !== 200);
    expect(failures).toEqual(Array(64).fill({ error: 'ECONNREFUSED' }));
    const lastAnswers = replies.filter(({ connection }) => connection === 'close');
    expect(lastAnswers).toHaveLength(64);
  });

  it('is not ready any more from the first moment, for whoever asks on an open connection', async () => {
    const probe = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await ask('/health/ready', probe)).toMatchObject({ status: 200 });
    const slow = ask('/api/v1/slow');
    await sleep(50);
    const stopped = stopGracefully(test.app);
    expect(await ask('/health/ready', probe)).toMatchObject({ status: 503 });
    expect(await slow).toMatchObject({ status: 200 });
    await stopped;
    probe.destroy();
  });

  it('sends a long answer to its end, however slowly it is read', async () => {
    const length = new Promise<number>((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: '/api/v1/slow/long', agent }, (response) => {
        response.pause();
        setTimeout(() => response.resume(), 600);
        let bytes = 0;
        response.on('data', (chunk: Buffer) => (bytes += chunk.length));
        response.on('end', () => resolve(bytes)).on('error', reject);
      }).on('error', reject);
    });
    await sleep(150);
    await stopGracefully(test.app);
    expect(await length).toBeGreaterThan(LONG);
  });

  it('does not wait for connections on which nothing happens', async () => {
    await ask('/health/live');
    const started = performance.now();
    await stopGracefully(test.app);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('cuts what does not end in time', async () => {
    const stuck = ask('/api/v1/slow/stuck');
    await sleep(50);
    const started = performance.now();
    await stopGracefully(test.app);
    expect(performance.now() - started).toBeGreaterThan(1_900);
    expect(performance.now() - started).toBeLessThan(3_500);
    expect(await stuck).toEqual({ error: 'ECONNRESET' });
  });
});
