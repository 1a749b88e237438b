import 'server-only';
import type { Deps } from '@/lib/deps';
import { applyTrigger } from './apply-trigger';
import { nextDeadline } from './call';
import { readDeadlines } from './read-deadlines';

/**
 * Applies to every live call what time alone has decided: rings nobody answered, rejoin times that
 * ran out, people who never reached LiveKit. Returns when the next such moment is, in milliseconds
 * of `clock.now()`, or null.
 */
export async function expireRings(deps: Deps): Promise<number | null> {
  const now = deps.clock.now();
  let next: number | null = null;
  for (const [callId, at] of await readDeadlines(deps.db)) {
    let deadline: number | null = at;
    if (deadline <= now) {
      const { after } = await applyTrigger(deps, callId, { type: 'time_passed' }, 'timer');
      deadline = nextDeadline(after);
    }
    if (deadline !== null) next = next === null ? deadline : Math.min(next, deadline);
  }
  return next;
}
