import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { type Revoked, RevocationList } from '../../../common/auth/revocation-list.js';
import { REDIS } from '../../../common/cache/redis.js';
import { type MessageSignal, MessageSignals } from '../message-signals.js';

/** `missed`: other processes may have sent what did not arrive. */
export type LiveEvent = { changed: readonly MessageSignal[] } | { revoked: Revoked } | { missed: true };

const CHANNEL = 'higroup:live';

/**
 * Carries what sockets have to know to the processes that hold them: to this one at once, to the others through Redis
 * where there is one. What is lost while Redis is away is made up for when it is back.
 */
@Injectable()
export class LiveBus implements OnModuleInit, OnApplicationShutdown {
  private readonly origin = randomUUID();
  private readonly listeners: ((event: LiveEvent) => void)[] = [];
  private subscriber: Redis | undefined;

  constructor(
    @Inject(REDIS) private readonly redis: Redis | undefined,
    private readonly signals: MessageSignals,
    private readonly revocations: RevocationList,
  ) {}

  async onModuleInit(): Promise<void> {
    this.signals.listen((changed) => this.publish({ changed }));
    this.revocations.listen((revoked) => this.publish({ revoked }));
    if (this.redis) await this.subscribe(this.redis);
  }

  onApplicationShutdown(): void {
    this.subscriber?.disconnect();
  }

  listen(listener: (event: LiveEvent) => void): void {
    this.listeners.push(listener);
  }

  private publish(event: LiveEvent): void {
    this.deliver(event);
    // Redis being away is told of once, by the connection itself.
    this.redis?.publish(CHANNEL, JSON.stringify({ origin: this.origin, event })).catch(() => undefined);
  }

  private deliver(event: LiveEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  /** A connection that subscribes can do nothing else, hence a second one. */
  private async subscribe(redis: Redis): Promise<void> {
    const subscriber = redis.duplicate({ autoResubscribe: false });
    this.subscriber = subscriber;
    subscriber.on('error', () => undefined);
    subscriber.on('message', (_channel: string, text: string) => {
      const { origin, event } = JSON.parse(text) as { origin: string; event: LiveEvent };
      if (origin !== this.origin) this.deliver(event);
    });
    const listen = () => subscriber.subscribe(CHANNEL).catch(() => undefined);
    await subscriber.connect().then(listen, () => undefined);
    subscriber.on('ready', () => void listen().then(() => this.deliver({ missed: true })));
  }
}
