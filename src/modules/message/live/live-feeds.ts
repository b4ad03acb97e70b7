import { Injectable, Logger } from '@nestjs/common';
import type { Actor } from '../../../common/auth/actor.js';
import { WorkQueue } from '../../../common/concurrency/work-queue.js';
import type { UnreadCountDto } from '../dto/unread-count.dto.js';
import type { MessageDto } from '../dto/message.dto.js';
import type { MessageSignal } from '../message-signals.js';
import { MessageService } from '../message.service.js';
import type { LiveClient } from './live-client.js';

/** At most four times a second a client hears of its messages. */
const INTERVAL_MS = 250;
const RETRY_MS = 5_000;
/** Of more at once only the newest are shown; the counts are right all the same. */
const MAX_MESSAGES = 20;

/** Of one person who is connected. */
interface Feed {
  clients: Set<LiveClient>;
  messageIds: Set<number>;
  timer: NodeJS.Timeout | undefined;
  running: boolean;
  /** Something has changed since the last look. */
  stale: boolean;
  restUntil: number;
}

/**
 * Keeps connected people up to date: whatever happened within a moment is looked up once, through the same eyes as a
 * request of theirs would, and sent to all of their sockets.
 */
@Injectable()
export class LiveFeeds {
  private readonly logger = new Logger('Live');
  private readonly feeds = new Map<number, Feed>();
  /** The sockets leave most of the database's connections to the requests. */
  private readonly lookUps = new WorkQueue(3, Number.POSITIVE_INFINITY);

  /** Told of once, not for everybody every few seconds. */
  private failing = false;

  constructor(private readonly messages: MessageService) {}

  /** The sockets of a person, the oldest first. */
  clientsOf(userId: number): ReadonlySet<LiveClient> {
    return this.feeds.get(userId)?.clients ?? new Set();
  }

  /** Greets the client, and tells it of everything from now on. */
  join(client: LiveClient): void {
    const { id } = client.claims!.actor;
    const feed = this.feeds.get(id) ?? newFeed();
    this.feeds.set(id, feed);
    feed.clients.add(client);
    client.greet = true;
    this.refresh(feed);
  }

  leave(client: LiveClient): void {
    const id = client.claims?.actor.id;
    const feed = id === undefined ? undefined : this.feeds.get(id);
    if (!feed?.clients.delete(client) || feed.clients.size > 0) return;
    clearTimeout(feed.timer);
    this.feeds.delete(id!);
  }

  tell(signals: readonly MessageSignal[]): void {
    for (const { userId, messageId } of signals) {
      const feed = this.feeds.get(userId);
      if (!feed) continue;
      if (messageId !== null) feed.messageIds.add(messageId);
      this.refresh(feed);
    }
  }

  refreshAll(): void {
    for (const feed of this.feeds.values()) this.refresh(feed);
  }

  private refresh(feed: Feed): void {
    feed.stale = true;
    if (feed.timer || feed.running) return;
    feed.timer = setTimeout(() => void this.lookUp(feed), feed.restUntil - performance.now());
  }

  private async lookUp(feed: Feed): Promise<void> {
    feed.timer = undefined;
    feed.running = true;
    try {
      await this.lookUps.run(async () => {
        const actor = [...feed.clients].at(-1)?.claims?.actor;
        if (actor) await this.deliver(feed, actor);
      });
      feed.restUntil = performance.now() + INTERVAL_MS;
      this.failing = false;
    } catch (error) {
      if (!this.failing) this.logger.warn(`Cannot look for messages: ${(error as Error).message}`);
      this.failing = true;
      // Who is not greeted yet may find another process in better health; the others wait.
      for (const client of feed.clients) if (client.greet) client.close('tryLater');
      feed.stale = true;
      feed.restUntil = performance.now() + RETRY_MS;
    } finally {
      feed.running = false;
      if (feed.stale && feed.clients.size > 0) this.refresh(feed);
    }
  }

  private async deliver(feed: Feed, actor: Actor): Promise<void> {
    const ids = [...feed.messageIds].slice(-MAX_MESSAGES);
    feed.messageIds.clear();
    feed.stale = false;
    const [messages, unread] = await Promise.all([
      this.messages.findMessages(actor, ids),
      this.messages.countUnreadMessages(actor),
    ]);
    const frames = [...messages.map((message) => frameOf('message', message)), frameOf('unread', unread)];
    for (const client of feed.clients) {
      if (client.greet) welcome(client, unread);
      else for (const frame of frames) client.send(frame);
    }
  }
}

const newFeed = (): Feed => ({
  clients: new Set(),
  messageIds: new Set(),
  timer: undefined,
  running: false,
  stale: false,
  restUntil: 0,
});

function welcome(client: LiveClient, unread: UnreadCountDto): void {
  client.greet = false;
  const { actor, expiresAt } = client.claims!;
  client.send(frameOf('ready', { userId: actor.id, expiresAt: new Date(expiresAt).toISOString(), unread }));
}

function frameOf(event: 'ready' | 'unread' | 'message', data: UnreadCountDto | MessageDto | object): Buffer {
  return Buffer.from(JSON.stringify({ event, data }));
}
