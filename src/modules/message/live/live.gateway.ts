import type { IncomingMessage } from 'node:http';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { RawData, WebSocket } from 'ws';
import type { Revoked } from '../../../common/auth/revocation-list.js';
import { TokenCheck } from '../../../common/auth/token-check.js';
import { AppConfig } from '../../../common/config/app-config.js';
import { clientAddress } from '../../../common/http/client-address.js';
import { addressKey } from '../../../common/rate-limit/address-key.js';
import { Clock } from '../../../common/time/clock.js';
import { LiveBus, type LiveEvent } from './live-bus.js';
import { type CloseReason, LiveClient } from './live-client.js';
import { LiveFeeds } from './live-feeds.js';

const SWEEP_MS = 1_000;
/** Bytes; a token has about 300. */
const MAX_FRAME = 4_096;
const MAX_FRAMES_A_SECOND = 10;
/** Sockets of one address that have not shown a token yet. */
const MAX_WAITING = 32;
const PONG = Buffer.from(JSON.stringify({ event: 'pong' }));

/** The WebSocket `/ws`: who may listen, and for how long. docs/live.md describes the protocol. */
@WebSocketGateway({ path: '/ws', maxPayload: MAX_FRAME, perMessageDeflate: false, autoPong: false })
export class LiveGateway implements OnGatewayInit, OnGatewayConnection<WebSocket>, OnApplicationShutdown {
  private readonly logger = new Logger('Live');
  private readonly clients = new Set<LiveClient>();
  private readonly addressOf: (request: IncomingMessage) => string;
  private sweeping: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly feeds: LiveFeeds,
    private readonly bus: LiveBus,
    private readonly tokens: TokenCheck,
    private readonly clock: Clock,
  ) {
    this.addressOf = clientAddress(config.http.trustProxy);
  }

  afterInit(): void {
    this.bus.listen((event) => this.hear(event));
    // One clock for all: sockets are many, and a second more or less is nothing to them.
    this.sweeping = setInterval(() => this.sweep(), SWEEP_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.sweeping);
  }

  handleConnection(socket: WebSocket, request: IncomingMessage): void {
    const { bufferLimit, heartbeatMs } = this.config.live;
    const key = addressKey(this.addressOf(request));
    const client = new LiveClient(socket, key, bufferLimit, heartbeatMs);
    this.clients.add(client);
    socket.on('message', (data, isBinary) => this.receive(client, data, isBinary));
    socket.on('ping', (data) => this.receivePing(client, data));
    socket.on('pong', () => this.receivePong(client));
    // What is wrong with a frame, ws itself tells the client, and closes.
    socket.on('error', () => undefined);
    socket.on('close', () => this.leave(client));
    const waiting = [...this.clients].filter((each) => !each.claims && each.addressKey === key);
    if (waiting.length > MAX_WAITING) this.close(client, 'tryLater');
  }

  private receive(client: LiveClient, data: RawData, isBinary: boolean): void {
    if (client.closing) return;
    const frame = isBinary || ++client.frames > MAX_FRAMES_A_SECOND ? undefined : parse(data);
    if (!frame) this.close(client, 'policy');
    else if (frame.event === 'auth') void this.authenticate(client, frame.data);
    else if (!client.claims) this.close(client, 'unauthenticated');
    else if (frame.event === 'ping') client.send(PONG);
    else this.close(client, 'policy');
  }

  /** Pings cost as much as frames: their answers have to be read, too. */
  private receivePing(client: LiveClient, data: Buffer): void {
    if (++client.frames > MAX_FRAMES_A_SECOND) this.close(client, 'policy');
    else client.pong(data);
  }

  /** They may come unasked, and in any number. */
  private receivePong(client: LiveClient): void {
    client.alive = true;
    if (++client.frames > MAX_FRAMES_A_SECOND) this.close(client, 'policy');
  }

  private async authenticate(client: LiveClient, data: unknown): Promise<void> {
    const token = (data as { token?: unknown } | null | undefined)?.token;
    if (typeof token !== 'string') return this.close(client, 'unauthenticated');
    if (client.busy) return this.close(client, 'policy');
    client.busy = true;
    try {
      const checked = await this.tokens.check(token);
      if (client.closing) return;
      if (!checked) return this.close(client, 'unauthenticated');
      const { claims, status } = checked;
      if (status !== 'valid') return this.close(client, status);
      if (client.claims && client.claims.actor.id !== claims.actor.id)
        return this.close(client, 'unauthenticated');
      client.claims = claims;
      this.feeds.join(client);
      const [oldest, ...others] = this.feeds.clientsOf(claims.actor.id);
      if (others.length >= this.config.live.socketsPerUser) this.close(oldest!, 'replaced');
    } catch (error) {
      this.logger.warn(`Could not check a token: ${(error as Error).message}`);
      this.close(client, 'tryLater');
    } finally {
      client.busy = false;
    }
  }

  private hear(event: LiveEvent): void {
    if ('changed' in event) return this.feeds.tell(event.changed);
    if ('revoked' in event) return this.recheckAll(event.revoked);
    this.feeds.refreshAll();
  }

  private recheckAll(revoked: Revoked): void {
    for (const client of this.clients) {
      const actor = client.claims?.actor;
      if (!actor) continue;
      if ('userId' in revoked ? actor.id === revoked.userId : actor.sessionId === revoked.sessionId)
        void this.recheck(client);
    }
  }

  private async recheck(client: LiveClient): Promise<void> {
    const { claims } = client;
    if (!claims) return;
    const status = await this.tokens.statusOf(claims).catch(() => 'valid' as const);
    // Unless it has shown another one meanwhile.
    if (status !== 'valid' && client.claims === claims) this.close(client, status);
  }

  private sweep(): void {
    const now = performance.now();
    const { authTimeoutMs, heartbeatMs } = this.config.live;
    for (const client of this.clients) {
      client.frames = 0;
      if (!client.claims) {
        if (now - client.openedAt > authTimeoutMs) this.close(client, 'unauthenticated');
      } else if (client.claims.expiresAt <= this.clock.now().getTime()) {
        this.close(client, 'expired');
      }
      if (client.dueAt > now || client.closing) continue;
      // Twice as often as pings: other processes' revocations are heard of through Redis, or here.
      client.dueAt = now + heartbeatMs / 2;
      client.beat = !client.beat;
      if (client.beat && !client.ping()) client.terminate();
      else void this.recheck(client);
    }
  }

  /** From this moment on it hears nothing more. */
  private close(client: LiveClient, reason: CloseReason): void {
    client.close(reason);
    this.leave(client);
  }

  private leave(client: LiveClient): void {
    this.clients.delete(client);
    this.feeds.leave(client);
  }
}

/** Undefined when it is not one of our frames. */
function parse(data: RawData): { event: unknown; data?: unknown } | undefined {
  try {
    const frame: unknown = JSON.parse((data as Buffer).toString());
    return typeof frame === 'object' && frame !== null && 'event' in frame ? frame : undefined;
  } catch {
    return undefined;
  }
}
