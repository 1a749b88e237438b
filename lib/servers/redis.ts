import 'server-only';
import { createClient } from '@redis/client';
import type { Log } from '@/lib/log';
import type { Wire } from '@/lib/realtime/wire';

const reconnectEveryMs = 500;
const connectTimeoutMs = 2000;
/** A command without an answer for this long has none. */
const answerTimeoutMs = 750;
/** Every server is heard each second (`ServerLink`): a connection without a sound for this long is dead. */
const soundlessMs = 4000;
/** So many commands without an answer in a row mean the same. */
const mostUnanswered = 3;

/** A community's part of a Redis server, which others may share. */
export type Redis = {
  wire: Wire;
  /** For what counts in Redis itself (lib/http/rate-limit.ts). */
  client: object;
  close(): Promise<void>;
};

/**
 * Connects with Redis and stays connected: while it is away everything returns at once and nothing queues up. Resolves
 * with the first connection, or after 2 s without one.
 */
export async function connectRedis(url: string, channel: string, log: Log): Promise<Redis> {
  const listeners = new Set<{ receive: (text: string) => void; onConnected: () => void }>();
  const options = {
    url,
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: connectTimeoutMs,
      reconnectStrategy: reconnectEveryMs,
      socketTimeout: soundlessMs,
    },
  } as const;
  /** A connection that subscribes takes no commands. */
  const [commands, subscriber] = [createClient(options), createClient(options)];
  let wasConnected: boolean | null = null;
  let unanswered = 0;
  let isSubscribed = false;
  let isClosing = false;
  /** Until the first connection, or the end of the patience with it, there is nothing to report. */
  let isStarting = true;

  const isConnected = () => commands.isReady && subscriber.isReady && isSubscribed && unanswered === 0;

  function report(error?: unknown): void {
    const is = isConnected();
    if (isStarting || isClosing || is === wasConnected) return;
    wasConnected = is;
    if (is) log.info('Redis answers');
    else
      log.warn(
        { err: error },
        'Redis does not answer; each server serves its own people, and others learn of changes late',
      );
  }

  function renew(): void {
    commands.destroy();
    commands.connect().catch(report);
  }

  commands.on('error', report);
  commands.on('ready', () => {
    unanswered = 0;
    report();
  });
  const receive = (text: string) => {
    for (const listener of listeners) listener.receive(text);
  };
  const first = Promise.withResolvers<void>();
  function hearing(): void {
    isSubscribed = true;
    first.resolve();
    report();
    for (const { onConnected } of listeners) onConnected();
  }
  subscriber.on('error', report);
  // It subscribes again by itself, but only where it once has: the connection may break before.
  subscriber.on('ready', () => {
    if (isSubscribed) hearing();
    else subscriber.subscribe(channel, receive).then(hearing, report);
  });

  const connected = Promise.all([commands.connect(), subscriber.connect(), first.promise]);
  const patience = new Promise<void>((resolve) => setTimeout(resolve, connectTimeoutMs).unref());
  await Promise.race([connected.catch(report), patience]);
  isStarting = false;
  report();

  return {
    client: commands,
    wire: {
      send(text) {
        if (!commands.isReady) return;
        answered(commands.publish(channel, text)).then(
          () => {
            unanswered = 0;
            report();
          },
          (error: unknown) => {
            unanswered += 1;
            report(error);
            if (unanswered >= mostUnanswered && commands.isReady) renew();
          },
        );
      },
      listen(receive, onConnected) {
        const listener = { receive, onConnected };
        listeners.add(listener);
        if (isSubscribed && subscriber.isReady) onConnected();
        return () => void listeners.delete(listener);
      },
      isConnected,
    },
    async close() {
      isClosing = true;
      // What was sent last still leaves, if Redis takes it.
      const patience = new Promise((resolve) => setTimeout(resolve, answerTimeoutMs));
      await Promise.race([commands.close().catch(() => undefined), patience]);
      for (const client of [commands, subscriber]) if (client.isOpen) client.destroy();
    },
  };
}

/** The client's own limit ends with the command's way to the socket. */
async function answered(command: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, answerTimeoutMs);
  const isLate = await Promise.race([command.then(() => false), late.promise.then(() => true)]);
  clearTimeout(timer);
  if (isLate) throw new Error('Redis has not answered in time');
}
