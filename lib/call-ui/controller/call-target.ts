import type { CallTarget } from '../client';
import { directConversationWith, type KitState } from './kit-state';
import type { CallLabel } from './owners/current-call';

/**
 * The conversation that a target leads to; null while this tab knows of none. The view of a live call counts,
 * too: it can arrive before the conversation that was created with it.
 */
export function conversationIdOf(state: KitState, target: CallTarget): string | null {
  if (target.conversationId !== undefined) return target.conversationId;
  const known = directConversationWith(state, target.userId);
  if (known) return known.id;
  for (const { view } of state.store.calls.values()) {
    const isWith = view.people.some(({ user }) => user.id === target.userId && user.id !== view.viewerId);
    if (view.status !== 'ended' && view.conversation.kind === 'direct' && isWith) return view.conversation.id;
  }
  return null;
}

/** Whether the call with this label is the one that a target leads to, also before the server has responded. */
export function isCallTo(state: KitState, label: CallLabel, target: CallTarget): boolean {
  const conversationId = conversationIdOf(state, target);
  if (conversationId !== null && label.conversationId !== null)
    return label.conversationId === conversationId;
  return label.otherId !== null && label.otherId === otherIdOf(state, target);
}

/** The other person of a direct target; null for a group or an unknown conversation. */
export function otherIdOf(state: KitState, target: CallTarget): string | null {
  if (target.userId !== undefined) return target.userId;
  const conversation = state.conversations.get(target.conversationId);
  if (conversation?.kind !== 'direct') return null;
  return conversation.memberIds?.find((id) => id !== state.me?.id) ?? null;
}
