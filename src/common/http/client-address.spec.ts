import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { clientAddress } from './client-address.js';

const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

it.each<[string, string[], string, string | undefined, string]>([
  ['nobody is believed by default', [], '10.0.0.1', '1.2.3.4', '10.0.0.1'],
  ['a trusted proxy is', ['10.0.0.1'], '10.0.0.1', '1.2.3.4', '1.2.3.4'],
  ['a range is', ['10.0.0.0/8'], '::ffff:10.9.9.9', '1.2.3.4', '1.2.3.4'],
  ['IPv6 is', ['fd00::/8'], 'fd00::1', '2001:db8::1', '2001:db8::1'],
  [
    'what the client has written before them is not',
    ['10.0.0.0/8'],
    '10.0.0.1',
    '9.9.9.9, 1.2.3.4',
    '1.2.3.4',
  ],
  ['a chain of them is', ['10.0.0.0/8'], '10.0.0.1', '1.2.3.4, 10.0.0.2', '1.2.3.4'],
  ['rubbish is not', ['10.0.0.0/8'], '10.0.0.1', 'unknown', '10.0.0.1'],
  ['without the header it is the proxy', ['10.0.0.0/8'], '10.0.0.1', undefined, '10.0.0.1'],
])('%s', (_, trustProxy, remote, forwarded, expected) => {
  expect(clientAddress(trustProxy)(request(remote, forwarded))).toBe(expected);
});
