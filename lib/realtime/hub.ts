import 'server-only';
import type { SignInId, UserId } from '@/lib/ids';
import type { Log } from '@/lib/log';
import type { Viewer } from '@/lib/viewer';
import type { Readers } from './snapshot';
import { Stream } from './stream';
import { makeTurns } from './turns';
import type { Realtime, StreamSink, Wake } from './wake';

/** CALLS.md, "Realtime": a client takes 20 s of silence for a dead connection. */
const heartbeatMs = 15_000;
/** A reload closes one stream and opens the next: only after this is somebody shown as offline. */
const offlineDelayMs = 3_000;
/** Silence is asked about when LiveKit notices a crash (lib/calls/call.ts, crashNoticedWithinMs), not later. */
const silenceKeptMs = 60_000;

export type HubOptions = {
  log: Log;
  /** Milliseconds of the clock that deadlines use. */
  now: () => number;
  readers: () => Readers;
  /** Somebody's first stream opened, or their last one closed a while ago. Repeated until it did not throw. */
  onPresence: (userId: UserId) => Promise<void>;
  /** Any stream opened: the person's running rings have reached them. */
  onOpen: (userId: UserId) => Promise<void>;
};

export type Hub = Realtime & {
  /**
   * Keeps the stream until `close` (we end it) or `drop` (its client went away) is called, or it closes
   * itself; sends the snapshot at once.
   */
  open(viewer: Viewer, sink: StreamSink): { close: () => void; drop: () => void };
  /** A request of this sign-in came: its browser is alive at this moment. */
  heard(signInId: SignInId): void;
  /** How many streams are open, of all people. */
  streamCount(): number;
};

/** Knows who listens. One per process (kept on globalThis by lib/deps.ts). */
export function makeHub({ log, now, readers, onPresence, onOpen }: HubOptions): Hub {
  const byUser = new Map<UserId, Set<Stream>>();
  const shownOnline = new Set<UserId>();
  const offlineTimers = new Map<UserId, ReturnType<typeof setTimeout>>();
  /** Whose coming or going could not be announced: the database was full, or another process held it. */
  const unannounced = new Set<UserId>();
  /** Sign-ins whose last stream was closed from the other side, and when they were last heard of. */
  const silent = new Map<SignInId, number>();
  const turn = makeTurns();
  const all = () => [...byUser.values()].flatMap((streams) => [...streams]);
  const note = (work: Promise<void>) => {
    work.catch((error: unknown) => log.error({ err: error }, 'a stream’s opening or closing was not noted'));
  };
  const announce = (userId: UserId) => {
    onPresence(userId).catch((error: unknown) => {
      log.warn(
        { err: error, userId },
        'somebody’s presence was not announced; the next heartbeat tries again',
      );
      unannounced.add(userId);
    });
  };

  const beat = setInterval(() => {
    for (const stream of all()) stream.send({ type: 'heartbeat', data: {} });
    const again = [...unannounced];
    unannounced.clear();
    for (const userId of again) announce(userId);
    for (const [signInId, since] of silent) if (since < now() - silenceKeptMs) silent.delete(signInId);
  }, heartbeatMs);
  beat.unref();

  function remove(stream: Stream): void {
    const { userId } = stream.viewer;
    const streams = byUser.get(userId);
    if (!streams?.delete(stream) || streams.size > 0) return;
    byUser.delete(userId);
    const timer = setTimeout(() => {
      offlineTimers.delete(userId);
      if (byUser.has(userId)) return;
      shownOnline.delete(userId);
      announce(userId);
    }, offlineDelayMs);
    timer.unref();
    clearTimeout(offlineTimers.get(userId));
    offlineTimers.set(userId, timer);
  }

  /** A browser has one stream for all its tabs, but while one tab takes it over from another there are two. */
  function noteDrop({ userId, signInId }: Viewer): void {
    const isOpen = [...(byUser.get(userId) ?? [])].some((stream) => stream.viewer.signInId === signInId);
    if (!isOpen) silent.set(signInId, now());
  }

  return {
    open(viewer, sink) {
      const stream: Stream = new Stream(
        viewer,
        {
          send: sink.send,
          close: () => {
            remove(stream);
            sink.close();
          },
        },
        readers(),
        turn,
        (error) => log.error({ err: error, userId: viewer.userId }, 'a stream failed and was closed'),
      );
      byUser.set(viewer.userId, (byUser.get(viewer.userId) ?? new Set()).add(stream));
      silent.delete(viewer.signInId);
      const isNews = !shownOnline.has(viewer.userId);
      shownOnline.add(viewer.userId);
      note(stream.flush());
      note(onOpen(viewer.userId));
      if (isNews) announce(viewer.userId);
      return {
        close: () => stream.close(),
        drop: () => {
          stream.close();
          noteDrop(viewer);
        },
      };
    },
    heard(signInId) {
      if (silent.has(signInId)) silent.set(signInId, now());
    },
    wake(who, what: Wake) {
      const streams =
        who === 'everyone' ? all() : [...new Set(who)].flatMap((userId) => [...(byUser.get(userId) ?? [])]);
      for (const stream of streams) stream.wake(what);
    },
    streamCount: () => all().length,
    isOnline: (userId) => byUser.has(userId),
    isShownOnline: (userId) => shownOnline.has(userId),
    onlineUserIds: () => [...byUser.keys()],
    silentSince: (signInId) => silent.get(signInId) ?? null,
    closeSignIns(signInIds) {
      const revoked = new Set<SignInId>(signInIds);
      for (const stream of all()) {
        if (!revoked.has(stream.viewer.signInId)) continue;
        stream.send({ type: 'signed-out', data: {} });
        stream.close();
      }
    },
    closeAll() {
      clearInterval(beat);
      for (const stream of all()) stream.close();
    },
  };
}
