import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { ConfigError } from '../config/config-error.js';
import { startFailure } from './start-failure.js';

it('says in a sentence that the port is taken', async () => {
  const first = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => first.once('listening', listening));
  const { port } = first.address() as AddressInfo;
  const second = createServer().listen(port, '127.0.0.1');
  const error = await new Promise((failed) => second.once('error', failed));
  first.close();
  expect(startFailure(error)).toBe(`Port ${port} is taken. PORT=8080 npm start takes another one.`);
});

it('says what the database has against it, and names no stack', () => {
  const refusal = Object.assign(new Error("Access denied for user 'x'"), { sqlState: '28000' });
  expect(startFailure(refusal)).toBe(
    "The database refuses: Access denied for user 'x'. DATABASE_URL says which one it is.",
  );
});

it('lists the faults of a configuration, and keeps the stack of what nobody foresaw', () => {
  expect(startFailure(new ConfigError(['PORT is bad']))).toContain('- PORT is bad');
  expect(startFailure(new TypeError('oops'))).toContain('start-failure.spec.ts');
});
