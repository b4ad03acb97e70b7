import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';

/** Where the process is between its start and its end, and what its connections are doing. */
@Injectable()
export class Lifecycle {
  /** Whether the process wants new work. */
  ready = true;
  /** Whether every answer has to close its connection. */
  closing = false;

  /** Open connections, with the bytes each had brought when `closeIdle` last looked. */
  private readonly connections = new Map<Socket, number>();
  private readonly underWay = new WeakMap<Socket, number>();
  private readonly farewells: (() => void)[] = [];

  watch(server: Server): void {
    server.on('connection', (socket) => {
      this.connections.set(socket, -1);
      socket.once('close', () => this.connections.delete(socket));
    });
  }

  /** For what is kept open on purpose and has to be told: `fn` runs once nobody is let in any more. */
  onClosing(fn: () => void): void {
    this.farewells.push(fn);
  }

  beginClosing(): void {
    this.closing = true;
    for (const fn of this.farewells) fn();
  }

  requestBegins(socket: Socket): void {
    this.underWay.set(socket, (this.underWay.get(socket) ?? 0) + 1);
  }

  /** Once the last byte of the answer has left. */
  requestEnds(socket: Socket): void {
    this.underWay.set(socket, (this.underWay.get(socket) ?? 1) - 1);
  }

  /**
   * Closes connections without a request under way on which nothing arrived since the last call. Node's own
   * `closeIdleConnections` also cuts answers that are still being sent and requests that have just been sent.
   */
  closeIdle(): void {
    for (const [socket, seen] of this.connections) {
      if (this.underWay.get(socket)) continue;
      if (socket.bytesRead === seen) socket.destroySoon();
      else this.connections.set(socket, socket.bytesRead);
    }
  }
}
