import type { WebSocket } from 'ws';
import type { AccessClaims } from '../../../common/auth/access-token.js';

/** Why a socket is closed, beyond what the protocol itself has codes for; documented in docs/live.md. */
export const CLOSE = {
  /** Not our protocol, or too much of it. */
  policy: [1008, 'not understood, or too much'],
  tryLater: [1013, 'try again later'],
  unauthenticated: [4401, 'no valid token'],
  expired: [4402, 'the token has expired'],
  revoked: [4403, 'the session is over'],
  replaced: [4409, 'too many connections'],
} as const;
export type CloseReason = keyof typeof CLOSE;

/** How long a client may take to answer the closing of its socket. */
const LEAVE_MS = 2_000;

/** One socket, from its opening to its end. */
export class LiveClient {
  readonly openedAt = performance.now();
  /** Whose it is; undefined until it has shown a token. */
  claims: AccessClaims | undefined;
  /** A token is being checked. */
  busy = false;
  /** It has shown a token and waits to hear that it is welcome. */
  greet = false;
  /** In the current second. */
  frames = 0;
  /** It has answered the last ping. */
  alive = true;
  /** When its session is next looked at, by `performance.now()`. */
  dueAt: number;
  /** Whether it is pinged then, too: every other time. */
  beat = false;
  closing = false;

  constructor(
    private readonly socket: WebSocket,
    readonly addressKey: string,
    private readonly bufferLimit: number,
    heartbeatMs: number,
  ) {
    // Spread, so that a thousand that come at once are not all asked at once.
    this.dueAt = this.openedAt + (heartbeatMs / 2) * Math.random();
  }

  /** What a client does not take in time is not kept for it: it is cut, and asks anew when it is back. */
  send(frame: Buffer): void {
    if (this.hasRoomFor(frame)) this.socket.send(frame, { binary: false });
  }

  pong(data: Buffer): void {
    if (this.hasRoomFor(data)) this.socket.pong(data);
  }

  /** False: it was asked before and has not answered. */
  ping(): boolean {
    if (!this.alive) return false;
    this.alive = false;
    this.socket.ping();
    return true;
  }

  close(reason: CloseReason): void {
    if (this.closing) return;
    this.closing = true;
    const [code, text] = CLOSE[reason];
    this.socket.close(code, text);
    setTimeout(() => this.socket.terminate(), LEAVE_MS).unref();
  }

  terminate(): void {
    this.closing = true;
    this.socket.terminate();
  }

  private hasRoomFor(frame: Buffer): boolean {
    if (this.socket.bufferedAmount + frame.length > this.bufferLimit) this.close('tryLater');
    return !this.closing;
  }
}
