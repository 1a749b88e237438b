import 'server-only';
import type { SignInId, UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';

/** Without an answer to a heartbeat for this long a browser counts as asleep: not online, not reachable. */
const asleepAfterMs = 90_000;
/** A reload closes one stream and opens the next: only after this is a person shown as offline. */
const offlineDelayMs = 3_000;
/** Silence is read when LiveKit notices a crash (lib/calls/model/call.ts, crashNoticedWithinMs), not later. */
const silenceKeptMs = 60_000;
/** Two checks further apart than this mean that this process stood still, not that browsers were silent. */
const stoodStillMs = 5_000;

/** One sign-in with at least one open stream. */
type Browser = { userId: UserId; streams: number; answeredAt: number };

export type PresenceOptions = {
  /** Milliseconds of the clock that deadlines use. */
  now: () => number;
  /** `isShownOnline` of this person has changed. */
  onChange: (userId: UserId) => void;
  /** A browser of this person opened a stream, or answers again: running rings reach it. */
  onReach: (userId: UserId) => void;
};

/** Keeps which browsers are connected and answer heartbeats, and who is online by that. */
export function makePresence({ now, onChange, onReach }: PresenceOptions) {
  const browsers = new Map<SignInId, Browser>();
  /** Browsers that answer, by person; a person without one has no entry. */
  const awake = new Map<UserId, Set<SignInId>>();
  const shownOnline = new Set<UserId>();
  const offlineTimers = new Map<UserId, ReturnType<typeof setTimeout>>();
  /** Sign-ins whose last stream was closed from the other side, and when they were last heard of. */
  const silent = new Map<SignInId, number>();
  let judgedAt: number | null = null;

  function wakeUp({ userId }: Pick<Browser, 'userId'>, signInId: SignInId): void {
    awake.set(userId, (awake.get(userId) ?? new Set()).add(signInId));
    clearTimeout(offlineTimers.get(userId));
    offlineTimers.delete(userId);
    if (shownOnline.has(userId)) return;
    shownOnline.add(userId);
    onChange(userId);
  }

  function fallAsleep({ userId }: Browser, signInId: SignInId): void {
    const own = awake.get(userId);
    if (!own?.delete(signInId) || own.size > 0) return;
    awake.delete(userId);
    const timer = setTimeout(() => {
      offlineTimers.delete(userId);
      shownOnline.delete(userId);
      onChange(userId);
    }, offlineDelayMs);
    timer.unref();
    offlineTimers.set(userId, timer);
  }

  return {
    opened({ userId, signInId }: Viewer): void {
      const browser = browsers.get(signInId) ?? { userId, streams: 0, answeredAt: 0 };
      browser.streams += 1;
      browser.answeredAt = now();
      browsers.set(signInId, browser);
      silent.delete(signInId);
      wakeUp(browser, signInId);
      onReach(userId);
    },

    closed({ signInId }: Viewer): void {
      const browser = browsers.get(signInId);
      if (!browser) return;
      browser.streams -= 1;
      if (browser.streams > 0) return;
      browsers.delete(signInId);
      fallAsleep(browser, signInId);
    },

    /** The client closed its stream; a browser that has another one open has only handed over between tabs. */
    dropped({ signInId }: Viewer): void {
      if (!browsers.has(signInId)) silent.set(signInId, now());
    },

    /** Any request of this sign-in came. */
    heard(signInId: SignInId): void {
      if (silent.has(signInId)) silent.set(signInId, now());
    },

    /** The browser of this sign-in answered a heartbeat. */
    answered(signInId: SignInId): void {
      const browser = browsers.get(signInId);
      if (!browser) return;
      browser.answeredAt = now();
      if (awake.get(browser.userId)?.has(signInId)) return;
      wakeUp(browser, signInId);
      onReach(browser.userId);
    },

    /** Judges who has been silent for too long; called once a second. */
    judgeSilence(): void {
      const stoodMs = judgedAt === null ? 0 : now() - judgedAt;
      judgedAt = now();
      for (const [signInId, browser] of browsers) {
        if (stoodMs > stoodStillMs) browser.answeredAt += stoodMs;
        else if (now() - browser.answeredAt >= asleepAfterMs) fallAsleep(browser, signInId);
      }
      for (const [signInId, since] of silent) if (since < now() - silenceKeptMs) silent.delete(signInId);
    },

    isOnline: (userId: UserId) => awake.has(userId),
    isShownOnline: (userId: UserId) => shownOnline.has(userId),
    silentSince: (signInId: SignInId) => silent.get(signInId) ?? null,
  };
}
