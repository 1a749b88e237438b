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
  readers: () => Readers;
  /** These people came online or went offline a while ago. Repeated until it did not throw. */
  onPresence: (userIds: UserId[]) => Promise<void>;
  /** A browser of this person opened a stream, or answers again: their running rings have reached it. */
  onReach: (userId: UserId) => Promise<void>;
};

export type Realtime = { bus: Bus; presence: Presence; fanOut: FanOut; close: () => void };

/** The three parts for a single server process, in its memory; one of each per process (lib/deps.ts). */
export function makeRealtime({ log, now, readers, onPresence, onReach }: RealtimeOptions): Realtime {
  const bus = makeMemoryBus();
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
  const fanOut = makeFanOut({ log, bus, presence, readers });
  let beats = 0;
  const beat = setInterval(() => {
    fanOut.beat();
    presence.judgeSilence();
    if (beats % beatGroups === 0) announcer.retry();
    beats += 1;
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
