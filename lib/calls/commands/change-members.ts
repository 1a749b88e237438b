import 'server-only';
import { deleteMember, saveMember } from '@/lib/conversations/change-members';
import type { CallDeps } from '@/lib/deps';
import type { ConversationId, UserId } from '@/lib/ids';
import { findLiveCallsOf, loadLiveCallIn } from '../reads/load-call';
import { inOneUnit, type Unit } from '../unit-of-work';
import { refreshCalls } from './change-conversation';

/**
 * Adds a person to a group, who sees **Join call** if a call is live and is not rung.
 *
 * @throws {AppError} not_found — unknown group or person; not_allowed — not the creator, or may not message
 */
export async function addToGroup(
  deps: CallDeps,
  viewerId: UserId,
  id: ConversationId,
  userId: UserId,
): Promise<void> {
  const touches = { conversations: [id], people: [viewerId, userId] };
  await inOneUnit(deps, touches, async (unit) => {
    const audience = await saveMember(unit.tx, deps.clock.wallNow(), viewerId, id, userId);
    unit.wake(audience, { conversations: [id] });
    wakeMissed(unit, audience, userId);
    await refreshCalls(unit, [id]);
  });
}

/**
 * Removes a person from a group, or the viewer leaves it; their ring and participation in its live call end in the
 * same transaction.
 *
 * @throws {AppError} not_found — unknown group or member; not_allowed — not the creator
 */
export async function removeFromGroup(
  deps: CallDeps,
  viewerId: UserId,
  id: ConversationId,
  userId: UserId,
): Promise<void> {
  const touches = { conversations: [id], people: [viewerId, userId] };
  await inOneUnit(deps, touches, async (unit) => {
    const audience = await deleteMember(unit.tx, viewerId, id, userId);
    unit.wake(audience, { conversations: [id] });
    wakeMissed(unit, audience, userId);
    const live = await loadLiveCallIn(unit.tx, id);
    if (!live) return;
    await unit.apply(live.id, { type: 'remove_member', userId });
    // A person whom the call never rang has it in their list, too.
    unit.wake([userId], { calls: [live.id] });
    await refreshCalls(unit, [id]);
  });
}

/** Missed calls count in the conversations that the person is in; an empty audience: nothing has changed. */
function wakeMissed({ wake }: Unit, audience: readonly UserId[], userId: UserId): void {
  if (audience.length > 0) wake([userId], { me: true });
}

/** Ends every ring and participation of a person who is being suspended or removed. */
export async function removeFromAllCalls({ tx, apply }: Unit, userId: UserId): Promise<void> {
  for (const callId of await findLiveCallsOf(tx, userId))
    await apply(callId, { type: 'remove_member', userId });
}
