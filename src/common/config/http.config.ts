import { isIP } from 'node:net';
import type { CleanedEnv } from 'envalid';
import { integer, list, text, url } from './variables.js';

export const httpVariables = {
  PORT: integer(0, 65_535)({ desc: 'TCP port to listen on; 0 takes a free one.', default: 3000 }),
  HOST: text('an address or host name')({
    desc: 'Address to listen on. `127.0.0.1` keeps the server to this machine.',
    default: '0.0.0.0',
  }),
  PUBLIC_URL: url(
    'http:',
    'https:',
  )({
    desc: 'The address people reach the server under.',
    example: 'https://higroup.example',
  }),
  TRUST_PROXY: list(
    'addresses or CIDR ranges, separated by commas',
    isAddressRange,
  )({
    desc: 'Reverse proxies whose `X-Forwarded-For` is believed. Nobody is when empty.',
    default: [],
    example: '10.0.0.0/8,127.0.0.1',
  }),
  CORS_ORIGINS: list(
    'origins such as `https://app.example`, separated by commas',
    isOrigin,
  )({
    desc: 'Web pages of other origins that may call the API. None when empty.',
    default: [],
    example: 'https://app.example',
  }),
  BODY_LIMIT: integer(1_024, 10_485_760)({ desc: 'Largest JSON body, in bytes.', default: 262_144 }),
  REQUEST_TIMEOUT_MS: integer(
    1_000,
    300_000,
  )({
    desc: 'Time to receive a whole request, in milliseconds.',
    default: 30_000,
  }),
  CONNECTION_TIMEOUT_MS: integer(
    1_000,
    600_000,
  )({
    desc: 'A connection on which nothing happens for so long is closed, in milliseconds.',
    default: 120_000,
  }),
  KEEP_ALIVE_TIMEOUT_MS: integer(
    1_000,
    600_000,
  )({
    desc: 'How long an idle connection is kept for the next request, in milliseconds; longer than the idle timeout of a proxy in front.',
    default: 72_000,
  }),
  SHUTDOWN_TIMEOUT_MS: integer(
    100,
    300_000,
  )({
    desc: 'How long requests under way may take after SIGTERM before their connections are cut, in milliseconds.',
    default: 10_000,
  }),
};

export function httpConfig(env: CleanedEnv<typeof httpVariables>) {
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ''),
    trustProxy: env.TRUST_PROXY,
    corsOrigins: env.CORS_ORIGINS,
    bodyLimit: env.BODY_LIMIT,
    requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
    connectionTimeoutMs: env.CONNECTION_TIMEOUT_MS,
    keepAliveTimeoutMs: env.KEEP_ALIVE_TIMEOUT_MS,
    shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
  };
}

export type HttpConfig = Readonly<ReturnType<typeof httpConfig>>;

function isAddressRange(item: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(item) ?? [];
  const family = isIP(address);
  // A range of all addresses would trust everybody, which is what this list exists to prevent.
  return (
    family !== 0 && (bits === undefined || (Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128)))
  );
}

function isOrigin(item: string): boolean {
  return /^https?:/.test(item) && URL.canParse(item) && new URL(item).origin === item;
}
