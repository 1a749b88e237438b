import 'server-only';
import { and, lte, max } from 'drizzle-orm';
import { isLiveCall } from '@/db/conditions';
import { calls } from '@/db/schema';
import type { CallDeps, Deps } from '@/lib/deps';
import { LeaseLost, underLease } from '@/lib/lease';
import { metrics } from '@/lib/metrics';
import { mediaLostTimeoutMs } from '../model/call';
import { mediaLostDeadline } from '../model/deadline';
import { expireRings } from './expire-rings';
import { healCalls } from './heal-calls';
import { reconcileCalls } from './reconcile-calls';

/** Deadlines that this process wrote are noticed at the latest after this; known ones are met on time. */
const tickMs = 250;
/** The database is read for deadlines that another process wrote; without any it is asked only then. */
const safetyMs = 4000;
/** A pause this long between two ticks was no pause of ours: the process stood still, or has just begun. */
const stoodStillMs = 2000;
/** With every webhook lost, this decides how late a call ends (docs/cases.md, case 4: 10 s). */
const reconcileMs = 4000;

/**
 * Runs what time and LiveKit decide, as long as the process lives and holds the lease. Each loop waits for itself, so that a slow
 * LiveKit never makes two reconciles overlap, and never for the other, so that it delays no ring's deadline.
 * `firstTick` resolves after LiveKit has been asked once and the deadlines have been judged by its response.
 */
export function startCallTimers(given: CallDeps & Pick<Deps, 'lease'>): {
  firstTick: Promise<void>;
  stop: () => void;
} {
  const { lease } = given;
  const deps = underLease<CallDeps>(given, lease);
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let isStopped = false;

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof LeaseLost) return;
      deps.log.error({ err: error }, 'a timed check failed; the next one tries again');
    }
  }
  async function loop(work: () => Promise<void>, pauseMs: () => number): Promise<void> {
    await guarded(work);
    if (isStopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void loop(work, pauseMs);
    }, pauseMs());
    timer.unref();
    timers.add(timer);
  }

  // A server that takes over from another one was not away while people left.
  let hasAnswered = !lease.isHeld();
  let isHealed = false;
  let running: Promise<void> | null = null;
  /** When the last finished look at LiveKit began and ended. */
  let looked = { from: -Infinity, until: -Infinity };
  /** At most one request to LiveKit at a time; concurrent callers await the same response. */
  const look = (): Promise<void> => {
    const from = deps.clock.now();
    running ??= timedReconcile(deps, !hasAnswered)
      .then(async (isAnswer) => {
        hasAnswered ||= isAnswer;
        // After LiveKit's response, so that a call that ends here is dated by who was in it.
        if (!isHealed) isHealed = await healCalls(deps);
        looked = { from, until: deps.clock.now() };
      })
      .finally(() => {
        running = null;
      });
    return running;
  };

  let tickedAt: number | null = null;
  /** Until when nothing but a noted deadline needs a sweep. */
  let quietUntil = -Infinity;
  /** Since when a look must have begun before LiveKit's part of the deadlines is judged. */
  let unseenUntil = -Infinity;
  // Deadlines that passed while the app was down are not judged before LiveKit has listed its participants: people
  // may have come back meanwhile. A call that is about to be given up for LiveKit's absence gets a last look,
  // too. Rings are judged all the while: LiveKit has no say on them.
  const sweep = async (): Promise<void> => {
    const now = deps.clock.now();
    // A sweep that fails, or cannot judge everything yet, is repeated with the next tick.
    quietUntil = now;
    deps.deadlines.clear();
    const verdictAt = await readMediaVerdictAt(deps, now);
    const isBlind = looked.from < unseenUntil || (verdictAt !== null && looked.until < verdictAt);
    // Judged as soon as it has ended; where one is under way the next sweep does.
    if (isBlind && running === null) void guarded(() => look().then(sweep));
    deps.deadlines.note(await expireRings(deps, isBlind ? 'rings' : 'all'));
    if (!isBlind) quietUntil = now + safetyMs;
  };
  const tick = async (): Promise<void> => {
    if (!lease.isHeld()) {
      // What was seen before says nothing when this process takes over; a deadline that has passed would keep it awake.
      tickedAt = null;
      deps.deadlines.clear();
      return;
    }
    const now = deps.clock.now();
    const hasStoodStill = tickedAt === null || now - tickedAt > stoodStillMs;
    if (hasStoodStill) unseenUntil = now;
    try {
      if (hasStoodStill || now >= Math.min(quietUntil, deps.deadlines.next())) await sweep();
    } finally {
      tickedAt = deps.clock.now();
    }
  };
  const ticked = loop(tick, () => Math.min(tickMs, Math.max(5, deps.deadlines.next() - deps.clock.now())));
  const reconciled = loop(
    async () => {
      if (lease.isHeld()) await look();
      else deps.mediaWork.forgetClosing();
    },
    () => reconcileMs,
  );
  return {
    firstTick: Promise.all([ticked, reconciled]).then(async () => {
      if (lease.isHeld()) await guarded(sweep);
    }),
    stop: () => {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** When the last of the calls whose time without LiveKit has run out fell due, or null. */
async function readMediaVerdictAt({ db }: CallDeps, now: number): Promise<number | null> {
  const [row] = await db
    .select({ at: max(calls.mediaLostAt) })
    .from(calls)
    .where(and(isLiveCall, lte(calls.mediaLostAt, now - mediaLostTimeoutMs)));
  return mediaLostDeadline({ mediaLostAt: row?.at ?? null });
}

async function timedReconcile(deps: CallDeps, isFirst: boolean): Promise<boolean> {
  const end = metrics().reconcileSeconds.startTimer();
  try {
    return await reconcileCalls(deps, { isFirst });
  } catch (error) {
    metrics().reconcileFailures.inc();
    throw error;
  } finally {
    end();
  }
}
