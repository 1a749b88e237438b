import 'server-only';
import type { SignInId, UserId } from '@/lib/ids';
import type { Log } from '@/lib/log';
import type { Front } from './fronts';
import type { ServerLink } from './server-link';
import { type GivenRevisions, type PresenceChange, ServerPresence } from './server-presence';

/** Heartbeats' answers for streams at other servers go there in batches. */
const passOnMs = 1000;
/** What a server holds is asked for again after this, until it arrives. */
const askAgainMs = 2000;

/** What presence does about changes elsewhere. */
export type ElsewhereListener = {
  /** Whether a browser of this person is awake at another server may have changed. */
  onPerson(userId: UserId): void;
  /** This browser has a stream at another server. */
  onOpened(signInId: SignInId): void;
  /** Another server received this browser's answer to a heartbeat. */
  onAnswered(signInId: SignInId): void;
  /** Another server received a browser's word whether it has a window in front. */
  onFront(front: Front): void;
  /** Another server received a request of this browser. */
  onHeard(signInId: SignInId): void;
  /** Another server has given these revisions. */
  onRevisions(given: GivenRevisions): void;
  /** Returns a revision that everyone has at this server from now on. */
  levelRevisions(): number;
};

/** The other servers of the community, as presence needs them. */
export type OtherServers = {
  listen(listener: ElsewhereListener): void;
  /** A browser or a silence of this server has changed. */
  note(change: Partial<PresenceChange>): void;
  /** This server has begun to show a person otherwise, under this revision. */
  noteRevision(userId: UserId, revision: number): void;
  isAwake(userId: UserId): boolean;
  hasStream(signInId: SignInId): boolean;
  silentSince(signInId: SignInId): number | null;
  /** This browser answered a heartbeat here; the stream may be elsewhere. */
  answered(signInId: SignInId): void;
  /** Whether this browser has a window in front, as it said here. */
  front(front: Front): void;
  /** A request of this browser came here. */
  heard(signInId: SignInId): void;
};

/** What servers send one another in batches; one that is lost is repeated by the next heartbeat. */
type Alive = { answered: SignInId[]; heard: SignInId[]; fronts: Front[] };

/** Of a community with one server process. */
export const noOtherServers: OtherServers = {
  listen: () => undefined,
  note: () => undefined,
  noteRevision: () => undefined,
  isAwake: () => false,
  hasStream: () => false,
  silentSince: () => null,
  answered: () => undefined,
  front: () => undefined,
  heard: () => undefined,
};

/**
 * Keeps a copy of what each other server knows about its browsers, so that a read waits for no other. Servers send
 * changes as they happen and everything to one that has missed some; a server that stops or falls silent takes its
 * browsers with it.
 */
export function makeOtherServers(link: ServerLink, log: Log): OtherServers {
  const own = new ServerPresence();
  const others = new Map<string, ServerPresence>();
  const asking = new Map<string, ReturnType<typeof setInterval>>();
  const passedOn = {
    answered: new Set<SignInId>(),
    heard: new Set<SignInId>(),
    fronts: new Map<SignInId, Front>(),
  };
  let passOnTimer: ReturnType<typeof setTimeout> | null = null;
  let revisions = new Map<UserId, number>();
  let listener: ElsewhereListener | null = null;

  const some = (is: (other: ServerPresence) => boolean) => [...others.values()].some(is);

  function announce({ browsers }: PresenceChange, before: Iterable<UserId>): void {
    const people = new Set(before);
    for (const [signInId, browser] of browsers) {
      if (!browser) continue;
      people.add(browser.userId);
      listener?.onOpened(signInId);
    }
    for (const userId of people) listener?.onPerson(userId);
  }

  function ask(from: string): void {
    if (asking.has(from)) return;
    const send = () => link.send('presence?', { of: from });
    const timer = setInterval(send, askAgainMs);
    timer.unref();
    asking.set(from, timer);
    send();
  }

  function stopAsking(from: string): void {
    clearInterval(asking.get(from));
    asking.delete(from);
  }

  /** Sends soon what was added to `passedOn`. */
  function passOn(): void {
    if (passOnTimer) return;
    passOnTimer = setTimeout(() => {
      passOnTimer = null;
      const { answered, heard, fronts } = passedOn;
      link.send('alive', { answered: [...answered], heard: [...heard], fronts: [...fronts.values()] });
      for (const list of [answered, heard, fronts]) list.clear();
    }, passOnMs);
    passOnTimer.unref();
  }

  function sendRevisions(): void {
    link.send('revisions', { of: [...revisions] } satisfies GivenRevisions);
    revisions = new Map();
  }

  link.handle('presence', {
    isCounted: true,
    receive(data, from) {
      const other = others.get(from);
      if (!other) return;
      const change = data as PresenceChange;
      const closed = change.browsers.flatMap(([signInId]) => other.personOf(signInId) ?? []);
      other.apply(change);
      announce(change, closed);
    },
  });
  link.handle('presence?', {
    isCounted: false,
    receive(data) {
      if ((data as { of: string }).of !== link.serverId) return;
      link.send('presence!', own.whole());
      link.send('revisions', { upTo: listener?.levelRevisions() ?? 0 } satisfies GivenRevisions);
    },
  });
  link.handle('presence!', {
    // It has its place among the changes: later ones build on it.
    isCounted: true,
    receive(data, from) {
      stopAsking(from);
      const before = others.get(from)?.people() ?? [];
      const other = new ServerPresence();
      others.set(from, other);
      other.apply(data as PresenceChange);
      announce(data as PresenceChange, before);
    },
  });
  link.handle('revisions', {
    // One that is missed is followed by the highest of all.
    isCounted: true,
    receive: (data) => listener?.onRevisions(data as GivenRevisions),
  });
  link.handle('alive', {
    isCounted: false,
    receive(data) {
      const { answered, heard, fronts } = data as Alive;
      for (const signInId of answered) listener?.onAnswered(signInId);
      for (const front of fronts) listener?.onFront(front);
      for (const signInId of heard) listener?.onHeard(signInId);
    },
  });
  link.listen({
    onJoined(from) {
      log.info({ server: from }, 'another server is up');
      ask(from);
    },
    onGap: ask,
    onLeft(from) {
      stopAsking(from);
      const people = others.get(from)?.people() ?? [];
      others.delete(from);
      log.info({ server: from }, 'another server has stopped, or cannot be reached');
      for (const userId of people) listener?.onPerson(userId);
    },
  });

  return {
    listen(given) {
      listener = given;
    },
    note({ browsers = [], silent = [] }) {
      own.apply({ browsers, silent });
      link.send('presence', { browsers, silent });
    },
    noteRevision(userId, revision) {
      if (revisions.size === 0) setImmediate(sendRevisions);
      revisions.set(userId, revision);
    },
    isAwake: (userId) => some((other) => other.isAwake(userId)),
    hasStream: (signInId) => some((other) => other.has(signInId)),
    silentSince(signInId) {
      const known = [...others.values()].map((other) => other.silentSince(signInId));
      return known.reduce((last, at) => (at !== null && (last === null || at > last) ? at : last), null);
    },
    answered(signInId) {
      if (!some((other) => other.has(signInId))) return;
      passedOn.answered.add(signInId);
      passOn();
    },
    front(front) {
      passedOn.fronts.set(front[0], front);
      passOn();
    },
    heard(signInId) {
      if (!some((other) => other.silentSince(signInId) !== null)) return;
      passedOn.heard.add(signInId);
      passOn();
    },
  };
}
