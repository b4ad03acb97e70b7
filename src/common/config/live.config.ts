import type { CleanedEnv } from 'envalid';
import { integer } from './variables.js';

export const liveVariables = {
  LIVE_AUTH_TIMEOUT_MS: integer(
    100,
    60_000,
  )({
    desc: 'How long a WebSocket may take to send its token, in milliseconds.',
    default: 10_000,
  }),
  LIVE_HEARTBEAT_MS: integer(
    200,
    300_000,
  )({
    desc: 'How often a WebSocket is pinged, in milliseconds; one that has not answered the ping before is cut.',
    default: 30_000,
  }),
  LIVE_BUFFER_LIMIT: integer(
    16_384,
    16_777_216,
  )({
    desc: 'How many bytes may wait for a client that reads slowly before it is cut.',
    default: 262_144,
  }),
  LIVE_SOCKETS_PER_USER: integer(
    1,
    1_000,
  )({
    desc: 'WebSockets of one user; the next one closes the oldest.',
    default: 10,
  }),
};

export function liveConfig(env: CleanedEnv<typeof liveVariables>) {
  return {
    authTimeoutMs: env.LIVE_AUTH_TIMEOUT_MS,
    heartbeatMs: env.LIVE_HEARTBEAT_MS,
    bufferLimit: env.LIVE_BUFFER_LIMIT,
    socketsPerUser: env.LIVE_SOCKETS_PER_USER,
  };
}

export type LiveConfig = Readonly<ReturnType<typeof liveConfig>>;
