import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { type ServerOptions, WebSocketServer } from 'ws';
import { AppConfig } from '../config/app-config.js';
import { AppError, appError } from '../errors/app-error.js';
import { addressKey } from '../rate-limit/address-key.js';
import { rateLimited, RateLimitService } from '../rate-limit/rate-limit.service.js';
import { Lifecycle } from '../shutdown/lifecycle.js';
import { answerByHand } from './client-error.js';
import { clientAddress } from './client-address.js';
import { servePlainly } from './serve-plainly.js';

const GOING_AWAY = 1001;
/** How long clients are given to take leave when the server stops. */
const LEAVE_MS = 1_000;

/**
 * WebSockets of Nest gateways on the server's own port. A gateway listens to its sockets itself: guards, pipes and
 * filters are made for requests, and a frame is none.
 */
export class WebSocketAdapter extends WsAdapter {
  private readonly http: Server;
  private readonly lifecycle: Lifecycle;
  private readonly servers = new Map<string, WebSocketServer>();

  constructor(private readonly app: NestFastifyApplication) {
    super(app);
    this.http = app.getHttpServer();
    this.lifecycle = app.get(Lifecycle);
    this.http.on('upgrade', this.onUpgrade);
    this.lifecycle.onClosing(() => void Promise.all([...this.servers.values()].map(sendAway)));
  }

  override create(_port: number, { path, ...options }: ServerOptions & { path: string }): WebSocketServer {
    const server = new WebSocketServer({ ...options, noServer: true });
    this.servers.set(path, server);
    return server;
  }

  override bindMessageHandlers(): void {}

  override async close(server: WebSocketServer): Promise<void> {
    await sendAway(server);
    await new Promise((resolve) => server.close(resolve));
  }

  override async dispose(): Promise<void> {
    this.http.off('upgrade', this.onUpgrade);
  }

  private readonly onUpgrade = (request: IncomingMessage, socket: Socket, head: Buffer): void => {
    const [path = '', query] = request.url!.split('?', 2);
    const server = this.servers.get(path);
    if (!server || request.headers.upgrade?.toLowerCase() !== 'websocket')
      return servePlainly(this.http, request, socket, head);
    socket.on('error', () => socket.destroy());
    this.admit(request, query).then(
      () => {
        // The connection is no longer one of requests: nobody but its gateway closes it.
        this.lifecycle.requestBegins(socket);
        server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request));
      },
      (error: unknown) => answerByHand(socket, error instanceof AppError ? error : appError('INTERNAL')),
    );
  };

  /** @throws AppError */
  private async admit(request: IncomingMessage, query: string | undefined): Promise<void> {
    const { http } = this.app.get(AppConfig);
    const key = addressKey(clientAddress(http.trustProxy)(request));
    const allowance = await this.app.get(RateLimitService).count('address', key);
    if (allowance && !allowance.allowed) throw rateLimited(allowance);
    // A token in an address ends up in logs and histories; so no address with anything to it is taken.
    if (query !== undefined) throw appError('HTTP_ERROR', { status: 400 });
    const { origin, host } = request.headers;
    const allowed = [...http.corsOrigins, ...(http.publicUrl ? [new URL(http.publicUrl).origin] : [])];
    if (origin !== undefined && !allowed.includes(origin) && hostOf(origin) !== host)
      throw appError('NO_PERMISSION');
    if (this.lifecycle.closing) throw appError('OVERLOADED');
  }
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined);

/** Whoever does not answer the farewell is cut. */
async function sendAway(server: WebSocketServer): Promise<void> {
  for (const client of server.clients) client.close(GOING_AWAY, 'the server stops');
  for (let waited = 0; server.clients.size > 0 && waited < LEAVE_MS; waited += 20) await sleep(20);
  for (const client of server.clients) client.terminate();
}
