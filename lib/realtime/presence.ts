import 'server-only';
import type { SignInId, UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { type Front, Fronts } from './fronts';
import { noOtherServers, type OtherServers } from './other-servers';
import { PresenceRevisions } from './presence-revisions';

/** Without an answer to a heartbeat for this long a browser counts as asleep: not online, not reachable. */
const asleepAfterMs = 90_000;
/** A reload closes one stream and opens the next: only after this is a person shown as offline. */
const offlineDelayMs = 3_000;
/** Silence is read when LiveKit notices a crash (lib/calls/model/call.ts, crashNoticedWithinMs), not later. */
const silenceKeptMs = 60_000;
/** Two checks further apart than this mean that this process stood still, not that browsers were silent. */
const stoodStillMs = 5_000;

/** How others see one person come and go. */
export type ShownPresence = {
  /** As `online`, but also during the few seconds in which a reload closes one stream and opens the next. */
  isOnline: boolean;
  /**
   * Grows with every change of `isOnline`, and is higher than any number of an earlier start: a part of the revision
   * of the person's view (db/revision.ts). The same at all servers, to within the time that messages take.
   */
  revision: number;
};

/**
 * Which people and browsers are connected. Notes never reject and take effect in the order in which they are
 * made; answers are for all server processes.
 */
export type Presence = {
  /** A stream of this sign-in opened. */
  opened(viewer: Viewer): Promise<void>;
  /** One of its streams closed, from whichever side. */
  closed(viewer: Viewer): Promise<void>;
  /** … and it was the client that closed it; called after `closed`. */
  dropped(viewer: Viewer): Promise<void>;
  /** Any request of this sign-in came: its browser is alive at this moment. */
  heard(signInId: SignInId): Promise<void>;
  /** The browser of this sign-in answered a heartbeat, and whether one of its windows has the focus. */
  answered(signInId: SignInId, isInFront?: boolean): Promise<void>;
  /**
   * Returns who of these people are reachable: a browser of theirs has a stream open and answered a heartbeat
   * within the last 90 s.
   */
  online(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>>;
  /**
   * Returns how others see each of these people, state and revision of the same moment. It changes only together with
   * an announcement to everyone.
   */
  shown(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, ShownPresence>>;
  /** Returns which of these sign-ins have a window in front, as their browsers said within the last 20 s. */
  inFront(signInIds: readonly SignInId[]): Promise<ReadonlySet<SignInId>>;
  /**
   * Returns since when nothing has come from this sign-in's browser, in milliseconds of `clock.now()`: its last
   * stream was closed from its side, as it is at once when a browser dies, and it has asked nothing since.
   * Null while one is open, and when nothing is known: the server closed it, or has only just started.
   */
  silentSince(signInId: SignInId): Promise<number | null>;
};

/** One sign-in with at least one open stream. */
type Browser = { userId: UserId; streams: number; answeredAt: number };

export type PresenceOptions = {
  /** Milliseconds of the clock that deadlines use. */
  now: () => number;
  /** Wall-clock milliseconds. */
  wallNow: () => number;
  /** Whether others see this person as online has changed. */
  onChange: (userId: UserId) => void;
  /** A browser of this person opened a stream, or answers again: running rings reach it. */
  onReach: (userId: UserId) => void;
  /** Default: there are none. */
  others?: OtherServers;
};

/**
 * Presence in the memory of each server process: a note takes effect here before the call returns, and at the other
 * servers a moment later. Each judges its own browsers and announces to its own streams.
 */
export function makePresence({
  now,
  wallNow,
  onChange,
  onReach,
  others = noOtherServers,
}: PresenceOptions): Presence & { judgeSilence(): void } {
  const browsers = new Map<SignInId, Browser>();
  /** Browsers that answer, by person; a person without one has no entry. */
  const awake = new Map<UserId, Set<SignInId>>();
  const shownOnline = new Set<UserId>();
  const offlineTimers = new Map<UserId, ReturnType<typeof setTimeout>>();
  /** Sign-ins whose last stream was closed from the other side, and when they were last heard of. */
  const silent = new Map<SignInId, number>();
  const revisions = new PresenceRevisions(wallNow);
  const fronts = new Fronts();
  let judgedAt: number | null = null;

  function show(userId: UserId, isOnline: boolean): void {
    if (isOnline) shownOnline.add(userId);
    else shownOnline.delete(userId);
    others.noteRevision(userId, revisions.next(userId));
    onChange(userId);
  }

  const hasStream = (signInId: SignInId) => browsers.has(signInId) || others.hasStream(signInId);
  const isOnline = (userId: UserId) => awake.has(userId) || others.isAwake(userId);

  function wakeUp({ userId }: Pick<Browser, 'userId'>, signInId: SignInId): void {
    const own = awake.get(userId) ?? new Set();
    if (!own.has(signInId)) others.note({ browsers: [[signInId, { userId, isAwake: true }]] });
    awake.set(userId, own.add(signInId));
    judge(userId);
  }

  function fallAsleep({ userId }: Browser, signInId: SignInId): void {
    const own = awake.get(userId);
    if (!own?.delete(signInId)) return;
    if (own.size === 0) awake.delete(userId);
    if (browsers.has(signInId)) others.note({ browsers: [[signInId, { userId, isAwake: false }]] });
    judge(userId);
  }

  /** Shows this person online at once, and offline when they are still so a moment later. */
  function judge(userId: UserId): void {
    if (isOnline(userId)) {
      clearTimeout(offlineTimers.get(userId));
      offlineTimers.delete(userId);
      if (!shownOnline.has(userId)) show(userId, true);
    } else if (shownOnline.has(userId) && !offlineTimers.has(userId)) {
      const timer = setTimeout(() => {
        offlineTimers.delete(userId);
        show(userId, false);
      }, offlineDelayMs);
      timer.unref();
      offlineTimers.set(userId, timer);
    }
  }

  function breakSilence(signInId: SignInId): void {
    if (silent.delete(signInId)) others.note({ silent: [[signInId, null]] });
  }

  function keepSilence(signInId: SignInId): void {
    silent.set(signInId, now());
    others.note({ silent: [[signInId, now()]] });
  }

  function answeredHere(signInId: SignInId): void {
    const browser = browsers.get(signInId);
    if (!browser) return;
    browser.answeredAt = now();
    if (awake.get(browser.userId)?.has(signInId)) return;
    wakeUp(browser, signInId);
    onReach(browser.userId);
  }

  others.listen({
    onPerson: judge,
    onOpened: breakSilence,
    onAnswered: answeredHere,
    onFront: (front) => fronts.note(front),
    onHeard: (signInId) => {
      if (silent.has(signInId)) keepSilence(signInId);
    },
    onRevisions(given) {
      if ('upTo' in given) revisions.raiseAll(given.upTo);
      else for (const [userId, revision] of given.of) revisions.raise(userId, revision);
    },
    levelRevisions: () => revisions.level(),
  });

  return {
    async opened({ userId, signInId }: Viewer) {
      const browser = browsers.get(signInId) ?? { userId, streams: 0, answeredAt: 0 };
      browser.streams += 1;
      browser.answeredAt = now();
      browsers.set(signInId, browser);
      breakSilence(signInId);
      wakeUp(browser, signInId);
      onReach(userId);
    },

    async closed({ signInId }: Viewer) {
      const browser = browsers.get(signInId);
      if (!browser) return;
      browser.streams -= 1;
      if (browser.streams > 0) return;
      browsers.delete(signInId);
      fronts.forget(signInId);
      others.note({ browsers: [[signInId, null]] });
      fallAsleep(browser, signInId);
    },

    /** The client closed its stream; a browser that has another one open has only handed over between tabs. */
    async dropped({ signInId }: Viewer) {
      if (!hasStream(signInId)) keepSilence(signInId);
    },

    async heard(signInId: SignInId) {
      if (silent.has(signInId)) keepSilence(signInId);
      others.heard(signInId);
    },

    async answered(signInId: SignInId, isInFront = false) {
      answeredHere(signInId);
      others.answered(signInId);
      const front: Front = [signInId, isInFront, now()];
      // Of browsers that have been in the background all the while the others need not hear.
      if (isInFront || fronts.has(signInId, now())) others.front(front);
      fronts.note(front);
    },

    /** Judges who has been silent for too long; called once a second. */
    judgeSilence() {
      const stoodMs = judgedAt === null ? 0 : now() - judgedAt;
      judgedAt = now();
      for (const [signInId, browser] of browsers) {
        if (stoodMs > stoodStillMs) browser.answeredAt += stoodMs;
        else if (now() - browser.answeredAt >= asleepAfterMs) fallAsleep(browser, signInId);
      }
      for (const [signInId, since] of silent) if (since < now() - silenceKeptMs) breakSilence(signInId);
      fronts.sweep(now());
    },

    online: async (userIds) => new Set(userIds.filter(isOnline)),
    shown: async (userIds) =>
      new Map(
        userIds.map((userId) => {
          return [userId, { isOnline: shownOnline.has(userId), revision: revisions.of(userId) }];
        }),
      ),
    inFront: async (signInIds) =>
      new Set(signInIds.filter((signInId) => hasStream(signInId) && fronts.has(signInId, now()))),
    silentSince: async (signInId) => {
      if (hasStream(signInId)) return null;
      const elsewhere = others.silentSince(signInId);
      const here = silent.get(signInId);
      return here === undefined || (elsewhere !== null && elsewhere > here) ? elsewhere : here;
    },
  };
}
