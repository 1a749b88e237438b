import 'server-only';
import type { UserId } from '@/lib/ids';
import type { Log } from '@/lib/log';
import { makeAnnouncer } from './announcer';
import { type Bus, makeMemoryBus } from './bus';
import { beatGroups, type FanOut, makeFanOut } from './fan-out';
import { makePresence, type Presence } from './presence';
import type { Readers } from './snapshot';

/** docs/calls.md, "Realtime": a heartbeat every 15 s; a client takes 20 s of silence for a dead connection. */
const beatEveryMs = 15_000;

export type RealtimeOptions = {
  log: Log;
  /** Milliseconds of the clock that deadlines use. */
  now: () => number;
  /** Wall-clock milliseconds. */
  wallNow: () => number;
  readers: () => Readers;
  /** A browser of this person opened a stream, or answers again: their running rings have reached it. */
  onReach: (userId: UserId) => Promise<void>;
};

export type Realtime = { bus: Bus; presence: Presence; fanOut: FanOut; close: () => void };

/** The three parts for a single server process, in its memory; one of each per process (lib/deps.ts). */
export function makeRealtime({ log, now, wallNow, readers, onReach }: RealtimeOptions): Realtime {
  const bus = makeMemoryBus();
  const announce = makeAnnouncer((users) => bus.publish({ type: 'wake', who: 'everyone', what: { users } }));
  const presence = makePresence({
    now,
    wallNow,
    onChange: announce,
    onReach: (userId) => {
      onReach(userId).catch((error: unknown) =>
        log.error({ err: error }, 'a ring was not marked as reached'),
      );
    },
  });
  const fanOut = makeFanOut({ log, bus, presence, readers });
  const beat = setInterval(() => {
    fanOut.beat();
    presence.judgeSilence();
  }, beatEveryMs / beatGroups);
  beat.unref();
  return {
    bus,
    presence,
    fanOut,
    close() {
      clearInterval(beat);
      fanOut.closeAll();
    },
  };
}
