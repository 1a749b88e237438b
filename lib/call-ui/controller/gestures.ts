import { isInCall, type Reaction, type ReactionEvent } from '@parley/call-protocol';
import { readPreferences } from '../preferences';
import { type Kit, sayWhy } from './kit';
import { ownCall } from './kit-state';

/** How long a reaction stays on the screen, in milliseconds. */
const shownMs = 4000;

type GestureOwners = Pick<Kit, 'calls' | 'cards' | 'client' | 'state'>;

/** Shows a reaction in the call of this tab, unless the app or this person does without. */
export function showReaction(
  { features, reactions, state, timers }: Pick<Kit, 'features' | 'reactions' | 'state' | 'timers'>,
  { callId, userId, reaction }: ReactionEvent,
): void {
  if (state.get().entry?.callId !== callId) return;
  if (!features.reactions || !readPreferences().showsReactions) return;
  const id = reactions.add(userId, reaction);
  timers.later(`reaction ${id}`, shownMs, () => reactions.remove(id));
}

/** Reacts in the call of this tab; it is shown here when it is shown to the others. */
export async function react(kit: GestureOwners, reaction: Reaction): Promise<void> {
  const callId = kit.state.get().entry?.callId;
  if (callId) await kit.client.react?.(callId, reaction).catch((thrown: unknown) => sayWhy(kit, thrown));
}

/** Raises this person's hand, or lowers it. */
export async function toggleHand(kit: GestureOwners): Promise<void> {
  const view = ownCall(kit.state.get())?.view;
  const me = view?.people.find((person) => person.user.id === view.viewerId)?.participation;
  if (!view || !isInCall(me) || !kit.client.raiseHand) return;
  try {
    kit.calls.take(await kit.client.raiseHand(view.id, me.handPlace === null));
  } catch (thrown) {
    sayWhy(kit, thrown);
  }
}
