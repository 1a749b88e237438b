import 'server-only';
import { and, lte } from 'drizzle-orm';
import { isLiveCall } from '@/db/conditions';
import { calls } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import { metrics } from '@/lib/metrics';
import { mediaLostTimeoutMs } from './call';
import { expireRings } from './expire-rings';
import { reconcileCalls } from './reconcile-calls';

/** New deadlines are noticed at the latest after this; known ones are met on time. */
const sweepMs = 250;
/** A pause this long between two sweeps was no pause of ours: the process stood still, or has just begun. */
const stoodStillMs = 2000;
/** With every webhook lost, this decides how late a call ends (FAULTS.md, case 4: 10 s). */
const reconcileMs = 4000;

/**
 * Runs what time and LiveKit decide, as long as the process lives. Each loop waits for itself, so
 * that a slow LiveKit never makes two reconciles overlap. `firstTick` resolves after both have
 * run once.
 */
export function startCallTimers(deps: Deps): { firstTick: Promise<void>; stop: () => void } {
  const stops: (() => void)[] = [];

  function loop(work: () => Promise<unknown>, pauseMs: (result: unknown) => number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isStopped = false;
    const run = async (): Promise<void> => {
      let result: unknown = null;
      try {
        result = await work();
      } catch (error) {
        deps.log.error({ err: error }, 'a timed check failed; the next one tries again');
      }
      if (isStopped) return;
      timer = setTimeout(() => void run(), pauseMs(result));
      timer.unref();
    };
    stops.push(() => {
      isStopped = true;
      clearTimeout(timer);
    });
    return run();
  }

  let hasAnswered = false;
  let running: Promise<void> | null = null;
  /** One at a time: who asks while LiveKit is being asked waits for the same answer. */
  const reconcile = () => {
    running ??= timedReconcile(deps, !hasAnswered)
      .then((isAnswer) => {
        hasAnswered ||= isAnswer;
      })
      .finally(() => {
        running = null;
      });
    return running;
  };

  // Deadlines that passed while nobody looked are not judged before LiveKit has said who is there: people
  // may have come back meanwhile.
  let sweptAt: number | null = null;
  const sweep = async () => {
    const stoodStill = sweptAt === null || deps.clock.now() - sweptAt > stoodStillMs;
    if (stoodStill || (await isMediaVerdictDue(deps))) await reconcile();
    const next = await expireRings(deps);
    sweptAt = deps.clock.now();
    return next;
  };
  const swept = loop(sweep, (next) =>
    typeof next === 'number' ? Math.min(sweepMs, Math.max(5, next - deps.clock.now())) : sweepMs,
  );
  const reconciled = loop(reconcile, () => reconcileMs);
  return {
    firstTick: Promise.all([swept, reconciled]).then(() => undefined),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

/** Whether a call is about to be given up for LiveKit's absence: it is asked once more before. */
async function isMediaVerdictDue({ db, clock }: Deps): Promise<boolean> {
  const due = await db
    .select({ id: calls.id })
    .from(calls)
    .where(and(isLiveCall, lte(calls.mediaLostAt, clock.now() - mediaLostTimeoutMs)))
    .limit(1);
  return due.length > 0;
}

async function timedReconcile(deps: Deps, isFirst: boolean): Promise<boolean> {
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
