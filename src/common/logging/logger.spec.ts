import { describe, expect, it } from 'vitest';
import { runInRequest } from '../request/request-context.js';
import { createLogger, NestLogger } from './logger.js';

function logged(write: (logger: ReturnType<typeof createLogger>) => void, level: 'info' | 'silent' = 'info') {
  const lines: string[] = [];
  write(createLogger({ level, pretty: false }, { write: (line) => void lines.push(line) }));
  return { text: lines.join(''), lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('the log', () => {
  it('hides what must not be read, at any depth and under any spelling', () => {
    const { text, lines } = logged((logger) =>
      logger.info(
        {
          password: 'hunter2-a',
          body: { newPassword: 'hunter2-b', list: [{ refreshToken: 'hunter2-c', code: '123456' }] },
          headers: {
            Authorization: 'Bearer hunter2-d',
            cookie: 'hunter2-e',
            'set-cookie': ['hunter2-f'],
            tsessionid: 'hunter2-g',
          },
          phone: '+8613800138000',
          apiKey: 'hunter2-h',
        },
        'x',
      ),
    );
    expect(text).not.toMatch(/hunter2|123456|13800138000/);
    expect(lines[0]).toMatchObject({ level: 'info', msg: 'x', password: '[redacted]', phone: '[redacted]' });
  });

  it('keeps the codes of causes and of system errors', () => {
    const { lines } = logged((logger) => logger.info({ code: 10005, inner: { code: 'ECONNREFUSED' } }));
    expect(lines[0]).toMatchObject({ code: 10005, inner: { code: 'ECONNREFUSED' } });
  });

  it('writes of an error what it is, with its causes, but not the statement and the values it carries', () => {
    const driver = Object.assign(new Error("Duplicate entry '+8613800138000' for key 'uq'"), {
      code: 'ER_DUP_ENTRY',
      errno: 1062,
    });
    const error = Object.assign(
      new Error('query failed for 13800138000 with Bearer abc.def', { cause: driver }),
      {
        query: 'insert into users',
        parameters: ['hunter2'],
      },
    );
    const { text, lines } = logged((logger) => logger.error({ err: error }, 'boom'));
    expect(text).not.toMatch(/13800138000|hunter2|insert into users|abc\.def/);
    expect(lines[0]).toMatchObject({ err: { type: 'Error', cause: { code: 'ER_DUP_ENTRY', errno: 1062 } } });
    expect((lines[0]!['err'] as { stack: string }).stack).toContain('logger.spec.ts');
  });

  it('survives circular and very deep objects', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(logged((logger) => logger.info({ loop })).lines).toHaveLength(1);
  });

  it('names the request and the user of every line written for a request', () => {
    const { lines } = logged((logger) =>
      runInRequest({ requestId: 'r-1', language: 'en', address: '::1', actorId: 7 }, () => logger.info('x')),
    );
    expect(lines[0]).toMatchObject({ requestId: 'r-1', userId: 7 });
  });

  it('writes nothing at all when silent', () => {
    expect(logged((logger) => logger.fatal('x'), 'silent').text).toBe('');
  });

  it("takes Nest's arguments: message, details, context", () => {
    const { lines } = logged((logger) => {
      const nest = new NestLogger(logger);
      nest.log('hello', 'Greeter');
      nest.error('failed', { err: new Error('why'), password: 'hunter2' }, 'Greeter');
      nest.error(new Error('bare'));
      nest.error('failed', 'the stack', 'Greeter');
      nest.log('Mapped {/x, GET} route', 'RouterExplorer');
    });
    expect(lines).toEqual([
      expect.objectContaining({ level: 'info', msg: 'hello', context: 'Greeter' }),
      expect.objectContaining({
        level: 'error',
        msg: 'failed',
        password: '[redacted]',
        err: expect.objectContaining({ message: 'why' }),
      }),
      expect.objectContaining({
        level: 'error',
        msg: 'bare',
        err: expect.objectContaining({ type: 'Error' }),
      }),
      expect.objectContaining({ level: 'error', msg: 'failed', stack: 'the stack' }),
    ]);
  });
});
