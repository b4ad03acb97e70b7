import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';

export interface Frame {
  event: string;
  // eslint-disable-next-line typescript/no-explicit-any -- tests look into whatever comes
  data: any;
}

/** A client of the WebSocket that remembers what it is sent. */
export class LiveSocket {
  readonly frames: Frame[] = [];
  /** The code it was closed with; 1006 when it was cut. */
  readonly closed: Promise<number>;
  readonly socket: WebSocket;
  private waiting: (() => void)[] = [];

  constructor(port: number, options: ClientOptions = {}, path = '/ws') {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, options);
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString()) as Frame);
      for (const wake of this.waiting.splice(0)) wake();
    });
  }

  /** Connected, and greeted for its token. */
  static async signedIn(port: number, token: string): Promise<LiveSocket> {
    const live = new LiveSocket(port);
    await live.open();
    live.auth(token);
    await live.next('ready');
    return live;
  }

  async open(): Promise<void> {
    await once(this.socket, 'open');
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  auth(token: unknown): void {
    this.send({ event: 'auth', data: { token } });
  }

  /** Takes the frames up to and with the first of this event (that fits) out, and answers its data. */
  async next(event: string, fits: (data: Frame['data']) => boolean = () => true): Promise<Frame['data']> {
    for (const deadline = Date.now() + 10_000; ;) {
      const index = this.frames.findIndex((frame) => frame.event === event && fits(frame.data));
      if (index >= 0) return this.frames.splice(0, index + 1).at(-1)!.data;
      if (this.socket.readyState > WebSocket.OPEN) throw new Error(`closed instead of ${event}`);
      if (Date.now() > deadline) throw new Error(`no ${event}, but ${JSON.stringify(this.frames)}`);
      await Promise.race([
        new Promise<void>((resolve) => this.waiting.push(resolve)),
        this.closed,
        new Promise((resolve) => setTimeout(resolve, 1_000)),
      ]);
    }
  }
}
