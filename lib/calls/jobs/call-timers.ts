import 'server-only';
import { and, lte, max } from 'drizzle-orm';
import { isLiveCall } from '@/db/conditions';
import { calls } from '@/db/schema';
import type { CallDeps } from '@/lib/deps';
import { metrics } from '@/lib/metrics';
import { mediaLostTimeoutMs } from '../model/call';
import { mediaLostDeadline } from '../model/deadline';
import { expireRings } from './expire-rings';
import { healCalls } from './heal-calls';
import { reconcileCalls } from './reconcile-calls';

/** New deadlines are noticed at the latest after this; known ones are met on time. */
const sweepMs = 250;
/** A pause this long between two sweeps was no pause of ours: the process stood still, or has just begun. */
const stoodStillMs = 2000;
/** With every webhook lost, this decides how late a call ends (docs/cases.md, case 4: 10 s). */
const reconcileMs = 4000;

/**
 * Runs what time and LiveKit decide, as long as the process lives. Each loop waits for itself, so that a slow
 * LiveKit never makes two reconciles overlap, and never for the other, so that it delays no ring's deadline.
 * `firstTick` resolves after LiveKit has been asked once and the deadlines have been judged by its response.
 */
export function startCallTimers(deps: CallDeps): { firstTick: Promise<void>; stop: () => void } {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let isStopped = false;

  async function guarded<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      deps.log.error({ err: error }, 'a timed check failed; the next one tries again');
      return null;
    }
  }
  async function loop(work: () => Promise<unknown>, pauseMs: (result: unknown) => number): Promise<void> {
    const result = await guarded(work);
    if (isStopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void loop(work, pauseMs);
    }, pauseMs(result));
    timer.unref();
    timers.add(timer);
  }

  let hasAnswered = false;
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

  let sweptAt: number | null = null;
  /** Since when a look must have begun before LiveKit's part of the deadlines is judged. */
  let unseenUntil = -Infinity;
  // Deadlines that passed while the app was down are not judged before LiveKit has listed its participants: people
  // may have come back meanwhile. A call that is about to be given up for LiveKit's absence gets a last look,
  // too. Rings are judged all the while: LiveKit has no say on them.
  const sweep = async (): Promise<number | null> => {
    const now = deps.clock.now();
    if (sweptAt === null || now - sweptAt > stoodStillMs) unseenUntil = now;
    const verdictAt = await readMediaVerdictAt(deps, now);
    const isBlind = looked.from < unseenUntil || (verdictAt !== null && looked.until < verdictAt);
    // Judged as soon as it has ended; where one is under way the next sweep does.
    if (isBlind && running === null) void guarded(() => look().then(sweep));
    const next = await expireRings(deps, isBlind ? 'rings' : 'all');
    sweptAt = deps.clock.now();
    return isBlind ? null : next;
  };
  const swept = loop(sweep, (next) =>
    typeof next === 'number' ? Math.min(sweepMs, Math.max(5, next - deps.clock.now())) : sweepMs,
  );
  const reconciled = loop(look, () => reconcileMs);
  return {
    firstTick: Promise.all([swept, reconciled]).then(async () => {
      await guarded(sweep);
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
