import 'server-only';
import type { CallDeps } from '@/lib/deps';
import type { CallId } from '@/lib/ids';
import { nextDeadline } from '../model/deadline';
import { readDeadlines } from '../reads/read-deadlines';
import { applyTrigger } from '../unit-of-work';

/**
 * Applies to every live call what time alone has decided: rings without an answer, rejoin times that
 * ran out, people who never reached LiveKit.
 * @param judges `rings` while LiveKit has yet to list who rejoined while the app was down
 * @returns when the next such moment is, in milliseconds of `clock.now()`, or null
 */
export async function expireRings(deps: CallDeps, judges: 'rings' | 'all' = 'all'): Promise<number | null> {
  const now = deps.clock.now();
  const judge = async ([callId, at]: [CallId, number]): Promise<number | null> => {
    if (at > now) return at;
    const { after } = await applyTrigger(deps, callId, { type: 'time_passed', judges }, 'timer');
    return nextDeadline(after);
  };
  const moments = await Promise.all([...(await readDeadlines(deps.db, judges))].map(judge));
  return moments.reduce((next, at) => (next === null || (at !== null && at < next) ? at : next), null);
}
