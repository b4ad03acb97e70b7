import { onlineManager } from '@tanstack/vue-query';
import { queryClient } from '@/api/query-client';
import type { Api } from '@/api/client';
import { accessToken, renewToken, tokenLifeLeft } from '@/session/token';
import {
  messagesKey,
  MESSAGES_KEY,
  withMessage,
  type Message,
  type MessageFilter,
  type MessagePages,
} from './message-lists';
import { afterClose, backoff } from './reconnect';
import { UNREAD_KEY } from './unread';

type Unread = Api['UnreadCountDto'];
type Frame =
  | { event: 'ready'; data: { unread: Unread } }
  | { event: 'unread'; data: Unread }
  | { event: 'message'; data: Message }
  | { event: 'pong' };

/** A connection that has held this long was a good one: the next failure is a first one again. */
const GOOD_MS = 20_000;
/** Nobody looks for so long: what happens meanwhile is fetched when somebody does. */
const HIDDEN_MS = 5 * 60_000;
/** A browser cannot see the server's pings, nor a network that has silently gone. */
const PING_MS = 40_000;
/** How often the counts are asked for while there is no connection, e.g. where WebSockets are blocked. */
const POLL_MS = 60_000;
/** Within the margin in which `accessToken` fetches a new one. */
const RENEW_BEFORE_MS = 25_000;

/**
 * Keeps the unread counts and the lists of messages up to date as docs/live.md says, until the function it answers is called.
 * @param onMessage hears of new messages
 */
export function startLive(onMessage: (message: Message) => void): () => void {
  let socket: WebSocket | undefined;
  let readyAt: number | undefined;
  let failures = 0;
  /** What a close code asked for: no connection any more. */
  let givenUp = false;
  let stopped = false;
  /** Nobody has looked for long. */
  let paused = false;
  let heardSincePing = true;
  let connectTimer: number | undefined;
  let renewTimer: number | undefined;
  let hiddenTimer: number | undefined;

  const mayConnect = () => !stopped && !givenUp && !paused && onlineManager.isOnline();

  function connect(): void {
    clearTimeout(connectTimer);
    if (!mayConnect() || socket) return;
    const opening = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`);
    socket = opening;
    readyAt = undefined;
    heardSincePing = true;
    opening.onopen = () => void authenticate(opening);
    opening.onmessage = ({ data }) => {
      heardSincePing = true;
      receive(JSON.parse(data as string) as Frame);
    };
    opening.onclose = ({ code }) => {
      if (socket === opening) void closed(code);
    };
  }

  async function authenticate(to: WebSocket): Promise<void> {
    const token = await accessToken().catch(() => undefined);
    if (socket !== to) return;
    if (!token) return to.close(); // Tried again as after any failure; without a session this is stopped anyway.
    send('auth', { token });
    clearTimeout(renewTimer);
    renewTimer = window.setTimeout(
      () => void authenticate(to),
      Math.max(1_000, tokenLifeLeft() - RENEW_BEFORE_MS),
    );
  }

  function send(event: 'auth' | 'ping', data?: object): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ event, data }));
  }

  function receive(frame: Frame): void {
    if (frame.event === 'ready') {
      queryClient.setQueryData(UNREAD_KEY, frame.data.unread);
      // What happened while nobody listened is not sent again. A prolonged connection has missed nothing.
      if (readyAt === undefined) void queryClient.invalidateQueries({ queryKey: MESSAGES_KEY });
      readyAt ??= performance.now();
    } else if (frame.event === 'unread') {
      const before = queryClient.getQueryData<Unread>(UNREAD_KEY);
      queryClient.setQueryData(UNREAD_KEY, frame.data);
      // Read on another device, or gone with what it told of.
      if (before && frame.data.total < before.total)
        void queryClient.invalidateQueries({ queryKey: MESSAGES_KEY });
    } else if (frame.event === 'message') {
      for (const [key, pages] of queryClient.getQueriesData<MessagePages>({ queryKey: MESSAGES_KEY })) {
        const filter = key[MESSAGES_KEY.length] as MessageFilter;
        if (pages) queryClient.setQueryData(messagesKey(filter), withMessage(pages, filter, frame.data));
      }
      onMessage(frame.data);
    }
  }

  async function closed(code: number): Promise<void> {
    const wasGood = readyAt !== undefined && performance.now() - readyAt > GOOD_MS;
    forget();
    failures = wasGood ? 0 : failures + 1;
    const next = afterClose(code);
    if (next === 'stop') givenUp = true;
    // A session that is over ends here, and with it this.
    if (next === 'renew') await renewToken().catch(() => undefined);
    if (mayConnect()) later();
  }

  function later(): void {
    clearTimeout(connectTimer);
    connectTimer = window.setTimeout(connect, backoff(failures));
  }

  /** Without waiting to be told that it has closed, which a dead network may take minutes for. */
  function drop(): void {
    const dropped = socket;
    forget();
    // A browser complains of one that is closed before it is open.
    if (dropped?.readyState === WebSocket.CONNECTING) dropped.onopen = () => dropped.close();
    else dropped?.close();
  }

  function forget(): void {
    clearTimeout(connectTimer);
    clearTimeout(renewTimer);
    socket = undefined;
    readyAt = undefined;
  }

  const pinging = window.setInterval(() => {
    if (!socket) return;
    if (!heardSincePing) {
      drop();
      return later();
    }
    heardSincePing = false;
    send('ping');
  }, PING_MS);

  const polling = window.setInterval(() => {
    if (readyAt !== undefined || document.hidden || !onlineManager.isOnline()) return;
    void queryClient.invalidateQueries({ queryKey: UNREAD_KEY });
    void queryClient.invalidateQueries({ queryKey: MESSAGES_KEY });
  }, POLL_MS);

  function onVisibility(): void {
    clearTimeout(hiddenTimer);
    if (document.hidden) {
      hiddenTimer = window.setTimeout(() => {
        paused = true;
        drop();
      }, HIDDEN_MS);
    } else if (paused) {
      paused = false;
      connect();
    }
  }
  document.addEventListener('visibilitychange', onVisibility);

  const unsubscribe = onlineManager.subscribe((online) => {
    if (!online) return drop();
    failures = 0;
    connect();
  });

  connect();

  return () => {
    stopped = true;
    drop();
    clearTimeout(hiddenTimer);
    clearInterval(pinging);
    clearInterval(polling);
    document.removeEventListener('visibilitychange', onVisibility);
    unsubscribe();
  };
}
