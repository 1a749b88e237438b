import 'server-only';
import type { CallDeps } from '@/lib/deps';
import { loadLiveCalls } from '../reads/load-call';
import { applyTrigger } from '../unit-of-work';

/**
 * Before anything is served after a start: no ring, rejoin time or call is the longer for a wall clock
 * that was set back while the app was down. What runs by a clock that was right is left alone.
 */
export async function resumeCalls(deps: CallDeps): Promise<void> {
  for (const call of await loadLiveCalls(deps.db)) {
    const { outcome } = await applyTrigger(deps, call.id, { type: 'resume' }, 'timer');
    if (outcome === 'changed')
      deps.log.warn({ callId: call.id }, 'the clock was set back while Parley was down; deadlines follow it');
  }
}
