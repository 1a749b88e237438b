import 'server-only';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';
import type { Log } from '@/lib/log';
import type { Viewer } from '@/lib/viewer';
import type { Audience, Bus, BusMessage } from './bus';
import { Lookers } from './lookers';
import type { Presence } from './presence';
import { makeRepair, type Repair } from './repair-streams';
import { SharedReads } from './shared-reads';
import type { Readers } from './snapshot';
import { Stream, type StreamSink } from './stream';

/** Heartbeats leave in groups, one each second, so that browsers do not all answer in the same moment. */
export const beatGroups = 15;

/**
 * Open streams that one sign-in or one person can have. A browser needs one, or one per tab where tabs cannot
 * share. A client on a bad network opens a new one every 20 s while the kernel keeps each dead one for up to
 * 15 minutes: 45 of them.
 */
const mostStreams = { perSignIn: 64, perPerson: 256 };
const fullForSeconds = 10;

const heartbeat = { type: 'heartbeat', data: {} } as const;

/** The event streams that are open at this server process. */
export type FanOut = {
  /**
   * Keeps the stream until `close` (the server ends it) or `drop` (its client disconnected) is called, or it
   * closes itself; sends the snapshot at once.
   *
   * @throws {AppError} rate_limited — when this sign-in or person has too many streams open
   */
  open(viewer: Viewer, sink: StreamSink): { close: () => void; drop: () => void };
  /** How many streams are open, of all people. */
  count(): number;
};

type Options = { log: Log; bus: Bus; presence: Presence; readers: () => Readers };

/** Sends what the bus announces to the streams that it concerns. `beat` is called once a second. */
export function makeFanOut({ log, bus, presence, readers }: Options) {
  const byUser = new Map<UserId, Set<Stream>>();
  const groups = Array.from({ length: beatGroups }, () => new Set<Stream>());
  const lookers = new Lookers();
  const reads = new SharedReads({ readers, log }, lookers);
  let openedCount = 0;
  let beatCount = 0;

  const all = () => [...byUser.values()].flatMap((streams) => [...streams]);
  const streamsOf = (who: Audience) =>
    who === 'everyone' ? all() : [...new Set(who)].flatMap((userId) => [...(byUser.get(userId) ?? [])]);

  function requireRoom({ userId, signInId }: Viewer): void {
    const own = [...(byUser.get(userId) ?? [])];
    const ofSignIn = own.filter((stream) => stream.viewer.signInId === signInId);
    if (own.length < mostStreams.perPerson && ofSignIn.length < mostStreams.perSignIn) return;
    throw new AppError('rate_limited', 'server.tooManyPlaces', {
      retryAfterSeconds: fullForSeconds,
    });
  }

  function receive(message: BusMessage): void {
    if (message.type === 'wake') {
      const { users = [], ...rest } = message.what;
      if (message.who !== 'everyone') reads.want(streamsOf(message.who), message.what);
      else {
        if (Object.keys(rest).length > 0) reads.want(all(), rest);
        for (const [streams, ids] of lookers.wokenBy(users)) reads.want(streams, { users: ids });
      }
      return;
    }
    if (message.type === 'look') {
      const { viewer, userIds } = message;
      for (const stream of byUser.get(viewer.userId) ?? []) {
        if (stream.viewer.signInId !== viewer.signInId || stream.isShownEveryone) continue;
        lookers.look(stream, userIds);
        for (const id of userIds) stream.noteShown({ id });
      }
      return;
    }
    if (message.type === 'passing') {
      for (const stream of streamsOf(message.who)) {
        // A slow client gets it too late to matter.
        if (!stream.whenDrained()) stream.send(message.event);
      }
      return;
    }
    const revoked = new Set(message.signInIds);
    for (const stream of all().filter(({ viewer }) => revoked.has(viewer.signInId))) {
      stream.send({ type: 'signed-out', data: {} });
      stream.close();
    }
  }
  const repair = makeRepair({ log, readers, reads, streams: all, receive });
  const unsubscribe = bus.subscribe(receive);

  return {
    open(viewer: Viewer, sink: StreamSink) {
      requireRoom(viewer);
      const group = groups[openedCount % beatGroups];
      openedCount += 1;
      const stream: Stream = new Stream(viewer, {
        ...sink,
        close: () => {
          const own = byUser.get(viewer.userId);
          own?.delete(stream);
          if (own?.size === 0) byUser.delete(viewer.userId);
          group?.delete(stream);
          reads.forget(stream);
          void presence.closed(viewer);
          sink.close();
        },
      });
      byUser.set(viewer.userId, (byUser.get(viewer.userId) ?? new Set()).add(stream));
      group?.add(stream);
      void reads.begin(stream);
      void presence.opened(viewer);
      return {
        close: () => stream.close(),
        drop: () => {
          stream.close();
          void presence.dropped(viewer);
        },
      };
    },
    count: () => all().length,
    repair,
    beat(): void {
      const group = beatCount % beatGroups;
      beatCount += 1;
      for (const stream of groups[group] ?? []) stream.send(heartbeat);
    },
    closeAll(): void {
      unsubscribe();
      for (const stream of all()) stream.close();
    },
  } satisfies FanOut & { beat(): void; closeAll(): void; repair: Repair };
}
