import 'server-only';
import type { UserId } from '@/lib/ids';
import type { Log } from '@/lib/log';
import { makeAnnouncer } from './announcer';
import { type Bus, makeMemoryBus } from './bus';
import { beatGroups, type FanOut, makeFanOut } from './fan-out';
import { makeOtherServers } from './other-servers';
import { makePresence, type Presence } from './presence';
import { makeServerLink, type ServerLink } from './server-link';
import { makeSharedBus } from './shared-bus';
import type { Readers } from './snapshot';
import type { Wire } from './wire';

/** docs/calls.md, "Realtime": a heartbeat every 15 s; a client takes 20 s of silence for a dead connection. */
const beatEveryMs = 15_000;
/** How often streams look at the database while the wire to the other servers is away. */
const hurryEveryMs = 2000;

/** What this server process needs to be one of several. */
export type SharedParts = {
  wire: Wire;
  /** Different for each process and start. */
  serverId: string;
  monotonic: () => number;
  /** What the lease's holder says to the others, for their clocks. */
  word: () => { term: number; at: number } | null;
  onWord: (term: number, at: number) => void;
};

export type RealtimeOptions = {
  log: Log;
  /** Milliseconds of the clock that deadlines use. */
  now: () => number;
  /** Wall-clock milliseconds. */
  wallNow: () => number;
  readers: () => Readers;
  /** Unset: this is the only server process. */
  shared?: SharedParts | undefined;
  /** A browser of this person opened a stream, or answers again: their running rings have reached it. */
  onReach: (userId: UserId) => Promise<void>;
};

export type Realtime = {
  bus: Bus;
  presence: Presence;
  fanOut: FanOut;
  /** Null: this is the only server process. */
  link: ServerLink | null;
  close: () => void;
};

/** The parts of one server process; one of each (lib/deps.ts). */
export function makeRealtime({ log, now, wallNow, readers, shared, onReach }: RealtimeOptions): Realtime {
  const link = shared ? joinLink(shared, log) : null;
  const bus = link ? makeSharedBus(link) : makeMemoryBus();
  // Each server announces to its own streams what it has learned itself.
  const announce = makeAnnouncer((users) =>
    bus.publish({ type: 'wake', who: 'everyone', what: { users } }, 'here'),
  );
  const presence = makePresence({
    now,
    wallNow,
    ...(link && { others: makeOtherServers(link, log) }),
    onChange: announce,
    onReach: (userId) => {
      onReach(userId).catch((error: unknown) =>
        log.error({ err: error }, 'a ring was not marked as reached'),
      );
    },
  });
  const fanOut = makeFanOut({ log, bus, presence, readers });
  const { repair } = fanOut;
  link?.listen({ onGap: repair.everything, onConnected: repair.everything });
  link?.open();
  const hurry = setInterval(() => {
    if (link?.isConnected() === false) void repair.whatHurries();
  }, hurryEveryMs);
  hurry.unref();
  const beat = setInterval(() => {
    fanOut.beat();
    presence.judgeSilence();
  }, beatEveryMs / beatGroups);
  beat.unref();
  return {
    bus,
    presence,
    fanOut,
    link,
    close() {
      clearInterval(beat);
      clearInterval(hurry);
      fanOut.closeAll();
      link?.close();
    },
  };
}

function joinLink({ wire, serverId, monotonic, word, onWord }: SharedParts, log: Log): ServerLink {
  const link = makeServerLink({ wire, serverId, log, monotonic, tickData: word });
  link.listen({
    onTick(data) {
      const said = data as ReturnType<typeof word>;
      if (said) onWord(said.term, said.at);
    },
  });
  return link;
}
