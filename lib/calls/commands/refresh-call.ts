import 'server-only';
import type { Deps } from '@/lib/deps';
import type { ConversationId } from '@/lib/ids';
import { applyTrigger } from '../apply-trigger';
import { loadLiveCallIn } from '../reads/load-call';

/**
 * Somebody was added to the group or its title changed: everyone's view of its live call is made
 * anew, so that an added member sees **Join call** (without ringing) at once.
 */
export async function refreshCall(deps: Deps, conversationId: ConversationId): Promise<void> {
  const live = await loadLiveCallIn(deps.db, conversationId);
  if (live) await applyTrigger(deps, live.id, { type: 'refresh' });
}
