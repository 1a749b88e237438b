import 'server-only';
import { AppError } from '@/lib/errors';
import type { SignInId, UserId } from '@/lib/ids';
import type { Log } from '@/lib/log';
import type { Viewer } from '@/lib/viewer';
import { makeAnnouncer } from './announcer';
import { makePresence } from './presence';
import type { Readers } from './snapshot';
import { Stream } from './stream';
import { makeTurns } from './turns';
import type { Realtime, StreamSink, Wake } from './wake';

/** docs/calls.md, "Realtime": a heartbeat every 15 s; a client takes 20 s of silence for a dead connection. */
const beatEveryMs = 15_000;
/** Heartbeats leave in groups, one each second, so that browsers do not all answer in the same moment. */
const beatGroups = 15;

/**
 * Open streams that one sign-in or one person can have. A browser needs one, or one per tab where tabs cannot
 * share. A client on a bad network opens a new one every 20 s while the kernel keeps each dead one for up to
 * 15 minutes: 45 of them.
 */
const mostStreams = { perSignIn: 64, perPerson: 256 };
const fullForSeconds = 10;

export type HubOptions = {
  log: Log;
  /** Milliseconds of the clock that deadlines use. */
  now: () => number;
  readers: () => Readers;
  /** These people came online or went offline a while ago. Repeated until it did not throw. */
  onPresence: (userIds: UserId[]) => Promise<void>;
  /** A browser of this person opened a stream, or answers again: their running rings have reached it. */
  onReach: (userId: UserId) => Promise<void>;
};

export type Hub = Realtime & {
  /**
   * Keeps the stream until `close` (we end it) or `drop` (its client went away) is called, or it closes
   * itself; sends the snapshot at once.
   *
   * @throws {AppError} rate_limited — when this sign-in or person has too many streams open
   */
  open(viewer: Viewer, sink: StreamSink): { close: () => void; drop: () => void };
  /** A request of this sign-in came: its browser is alive at this moment. */
  heard(signInId: SignInId): void;
  /** The browser of this sign-in answered a heartbeat. */
  answered(signInId: SignInId): void;
  /** How many streams are open, of all people. */
  streamCount(): number;
};

/** Knows who listens. One per process (kept on globalThis by lib/deps.ts). */
export function makeHub({ log, now, readers, onPresence, onReach }: HubOptions): Hub {
  const byUser = new Map<UserId, Set<Stream>>();
  const groups = Array.from({ length: beatGroups }, () => new Set<Stream>());
  let openedCount = 0;
  let beatCount = 0;
  const turn = makeTurns();
  const all = () => [...byUser.values()].flatMap((streams) => [...streams]);
  const announcer = makeAnnouncer(onPresence, log);
  const presence = makePresence({
    now,
    onChange: announcer.note,
    onReach: (userId) => {
      onReach(userId).catch((error: unknown) =>
        log.error({ err: error }, 'a ring was not marked as reached'),
      );
    },
  });

  const beat = setInterval(() => {
    const group = beatCount % beatGroups;
    beatCount += 1;
    for (const stream of groups[group] ?? []) stream.send({ type: 'heartbeat', data: {} });
    presence.judgeSilence();
    if (group === 0) announcer.retry();
  }, beatEveryMs / beatGroups);
  beat.unref();

  function requireRoom({ userId, signInId }: Viewer): void {
    const own = [...(byUser.get(userId) ?? [])];
    const ofSignIn = own.filter((stream) => stream.viewer.signInId === signInId);
    if (own.length < mostStreams.perPerson && ofSignIn.length < mostStreams.perSignIn) return;
    throw new AppError('rate_limited', 'Parley is open in too many places. Close some, then try again.', {
      retryAfterSeconds: fullForSeconds,
    });
  }

  return {
    open(viewer, sink) {
      requireRoom(viewer);
      const group = groups[openedCount % beatGroups];
      openedCount += 1;
      const stream: Stream = new Stream(
        viewer,
        {
          ...sink,
          close: () => {
            const own = byUser.get(viewer.userId);
            own?.delete(stream);
            if (own?.size === 0) byUser.delete(viewer.userId);
            group?.delete(stream);
            presence.closed(viewer);
            sink.close();
          },
        },
        readers(),
        turn,
        (error) => log.error({ err: error, userId: viewer.userId }, 'a stream failed and was closed'),
      );
      byUser.set(viewer.userId, (byUser.get(viewer.userId) ?? new Set()).add(stream));
      group?.add(stream);
      void stream.flush();
      presence.opened(viewer);
      return {
        close: () => stream.close(),
        drop: () => {
          stream.close();
          presence.dropped(viewer);
        },
      };
    },
    heard: presence.heard,
    answered: presence.answered,
    wake(who, what: Wake) {
      const streams =
        who === 'everyone' ? all() : [...new Set(who)].flatMap((userId) => [...(byUser.get(userId) ?? [])]);
      for (const stream of streams) stream.wake(what);
    },
    streamCount: () => all().length,
    isOnline: presence.isOnline,
    isShownOnline: presence.isShownOnline,
    silentSince: presence.silentSince,
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
