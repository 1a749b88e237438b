import 'server-only';
import type { ConversationView } from '@parley/call-protocol';
import { type ConversationChange, saveConversation } from '@/lib/conversations/change-conversation';
import { requireConversation } from '@/lib/conversations/read-conversations';
import type { CallDeps } from '@/lib/deps';
import type { ConversationId, UserId } from '@/lib/ids';
import { loadLiveCallIn } from '../reads/load-call';
import { inOneUnit, type Unit } from '../unit-of-work';
import { quietRings } from './quiet-rings';

/**
 * Renames a group for everyone, its live call included, and mutes or unmutes its calls for the viewer. **Mute
 * calls** quiets the viewer's ring there, in the same transaction.
 *
 * @throws {AppError} not_found — the viewer is not a member; invalid_input — only groups have titles
 */
export async function changeConversation(
  deps: CallDeps,
  viewerId: UserId,
  id: ConversationId,
  change: ConversationChange,
): Promise<ConversationView> {
  await inOneUnit(deps, async (unit) => {
    const audience = await saveConversation(unit.tx, viewerId, id, change);
    unit.wake(audience, { conversations: [id] });
    if (change.callsMuted) await quietRings(unit, viewerId, id);
    if (change.title !== undefined) await refreshCall(unit, id);
  });
  return requireConversation(deps, viewerId, id);
}

/** Gives the conversation's live call a new revision, because its title or members are part of its view. */
export async function refreshCall({ tx, apply }: Unit, conversationId: ConversationId): Promise<void> {
  const live = await loadLiveCallIn(tx, conversationId);
  if (live) await apply(live.id, { type: 'refresh' });
}
