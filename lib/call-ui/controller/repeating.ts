import { ringMsLeft } from '../call-store';
import type { CallErrorCode } from '../client';
import { clockNow } from '../clock';
import { asCallError, type Kit } from './kit';

export type WaitOwners = Pick<Kit, 'state' | 'timers'>;

const lostCodes: readonly CallErrorCode[] = ['network', 'busy', 'internal'];
/** Whether the outcome is unknown: no response came, or the server failed while it worked. */
export const isLost = (error: unknown): boolean => lostCodes.includes(asCallError(error).code);
/** Pauses before the second, third … try, in milliseconds; in all half of the server's 15 s connect deadline. */
const entryPausesMs = [300, 1000, 2500, 4000];
/** The pauses of a request about a ring; the last one repeats while the ring runs. */
const ringPausesMs = [500, 1000, 2000, 4000];

/**
 * Enters a call, and asks again when the response is lost: start, accept, join and move do the same thing
 * twice for the same tab. Only while the attempt is wanted; rejects like the last try.
 */
export async function untilAnswered<T>(
  kit: WaitOwners & Pick<Kit, 'attempts'>,
  attempt: number,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    for (const pauseMs of entryPausesMs) {
      try {
        return await ask();
      } catch (thrown) {
        if (!isLost(thrown) || !kit.attempts.isWanted(attempt)) throw thrown;
        kit.attempts.markUnanswered(attempt);
        const isOver = !(await pause(kit, `answer-${attempt}`, pauseMs));
        if (isOver || !kit.attempts.isWanted(attempt)) throw thrown;
      }
    }
    return await ask();
  } finally {
    kit.attempts.settle(attempt);
  }
}

/**
 * Sends a request about a ring, again and again until the server responds; returns null when the ring ends before.
 * Rejects when the server refuses.
 */
export async function whileRinging<T>(
  kit: WaitOwners,
  { callId, ringId }: { callId: string; ringId: string },
  what: 'confirm' | 'decline',
  say: () => Promise<T>,
): Promise<T | null> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await say();
    } catch (thrown) {
      if (!isLost(thrown) && asCallError(thrown).code !== 'rate_limited') throw thrown;
      const pauseMs = ringPausesMs[tries] ?? ringPausesMs.at(-1) ?? 0;
      const isOver = !(await pause(kit, `${what}-${ringId}`, pauseMs));
      if (isOver || !isRunning(kit, callId, ringId)) return null;
    }
  }
}

/**
 * Sends a request that the server takes once however often it comes; a lost response is requested four times more.
 * Rejects like the last try.
 *
 * @param name One request per name at a time.
 */
export async function untilResponse<T>(kit: WaitOwners, name: string, send: () => Promise<T>): Promise<T> {
  for (const pauseMs of ringPausesMs) {
    try {
      return await send();
    } catch (thrown) {
      if (!isLost(thrown) || !(await pause(kit, name, pauseMs))) throw thrown;
    }
  }
  return send();
}

function isRunning(kit: Pick<Kit, 'state'>, callId: string, ringId: string): boolean {
  const held = kit.state.get().store.calls.get(callId);
  return held?.view.myRing?.id === ringId && (ringMsLeft(held, clockNow()) ?? 0) > 0;
}

/**
 * Waits; cut short when the network or the stream comes back.
 *
 * @param name One wait per name at a time.
 * @returns false when the wait was given up: another one took its name, or the provider was unmounted.
 */
export function pause(kit: WaitOwners, name: string, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    let stream = kit.state.get().stream;
    const stopWatching = kit.state.subscribe(() => {
      const next = kit.state.get().stream;
      if (next === 'open' && stream !== 'open') end(true);
      stream = next;
    });
    const onOnline = () => end(true);
    const end = (isWanted: boolean) => {
      stopWatching();
      globalThis.removeEventListener?.('online', onOnline);
      resolve(isWanted);
    };
    globalThis.addEventListener?.('online', onOnline);
    kit.timers.later(
      name,
      ms,
      () => end(true),
      () => end(false),
    );
  });
}
