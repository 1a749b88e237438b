import 'server-only';
import type { ConversationView } from '@parley/call-protocol';
import { type ConversationChange, saveConversation } from '@/lib/conversations/change-conversation';
import { requireConversation } from '@/lib/conversations/read-conversations';
import type { CallDeps } from '@/lib/deps';
import type { ConversationId, UserId } from '@/lib/ids';
import { withdrawMessages } from '@/lib/push/queue-messages';
import { findLiveCallsIn } from '../reads/load-call';
import { inOneUnit, type Unit } from '../unit-of-work';
import { quietRings } from './quiet-rings';

/**
 * Renames a group for everyone, its live call included, and mutes or unmutes its calls, or notifications of
 * its messages, for the viewer. **Mute calls** quiets the viewer's ring there, in the same transaction.
 *
 * @throws {AppError} not_found — the viewer is not a member; invalid_input — only groups have titles
 */
export async function changeConversation(
  deps: CallDeps,
  viewerId: UserId,
  id: ConversationId,
  change: ConversationChange,
): Promise<ConversationView> {
  const touches = { conversations: [id], people: [viewerId] };
  await inOneUnit(deps, touches, async (unit) => {
    const audience = await saveConversation(unit.tx, viewerId, id, change);
    unit.wake(audience, { conversations: [id] });
    if (change.callsMuted) await quietRings(unit, viewerId, id);
    if (change.messagesMuted && (await withdrawMessages(unit.tx, id, viewerId))) unit.notePushes();
    if (change.title !== undefined) await refreshCalls(unit, [id]);
  });
  return requireConversation(deps, viewerId, id);
}

/** Raises the live calls of conversations, because title and members are part of a call's view. */
export async function refreshCalls({ tx, apply }: Unit, ids: readonly ConversationId[]): Promise<void> {
  for (const callId of await findLiveCallsIn(tx, ids)) await apply(callId, { type: 'refresh' });
}
