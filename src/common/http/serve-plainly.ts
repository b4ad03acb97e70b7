import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** Of the connection and not of the request. */
const HOP_BY_HOP = new Set(['upgrade', 'connection', 'http2-settings']);

/**
 * Serves a request that asks for a protocol we do not speak (`Upgrade: h2c` comes with every request of some clients)
 * as if it had not asked, as HTTP wants it. Node takes every such request out of its hands as soon as it serves one
 * protocol; so what it has read is put back, without the wish.
 */
export function servePlainly(server: Server, request: IncomingMessage, socket: Socket, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!HOP_BY_HOP.has(rawHeaders[i]!.toLowerCase())) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
