import 'server-only';
import type { Deps } from '@/lib/deps';
import { metrics } from '@/lib/metrics';
import { expireRings } from './expire-rings';
import { reconcileCalls } from './reconcile-calls';

/** New deadlines are noticed at the latest after this; known ones are met on time. */
const sweepMs = 250;
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

  const expired = loop(
    () => expireRings(deps),
    (next) => (typeof next === 'number' ? Math.min(sweepMs, Math.max(5, next - deps.clock.now())) : sweepMs),
  );
  let hasAnswered = false;
  const reconciled = loop(
    async () => {
      hasAnswered = (await timedReconcile(deps, !hasAnswered)) || hasAnswered;
    },
    () => reconcileMs,
  );
  return {
    firstTick: Promise.all([expired, reconciled]).then(() => undefined),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
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
