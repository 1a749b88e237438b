import type { CallView, Person } from '@parley/call-protocol';
import type { CallTarget } from '../client';
import { conversationIdOf, otherIdOf } from './call-target';
import type { KitState } from './kit-state';
import type { CallLabel } from './owners/current-call';

/** What a call with a view is called. */
export function labelOfView(view: CallView): CallLabel {
  const people = view.people.map((person) => person.user).filter((user) => user.id !== view.viewerId);
  const { kind, title, id, hue } = view.conversation;
  return {
    conversationId: id,
    kind,
    otherId: kind === 'direct' ? (people[0]?.id ?? null) : null,
    people,
    title: kind === 'group' && title ? title : namesOf(people),
    hue,
  };
}

/** What a call will be called before the server has responded. */
export function labelOfTarget(
  state: KitState,
  selfId: string,
  target: CallTarget,
  hints: { people?: readonly Person[] | undefined; title?: string | undefined } = {},
): CallLabel {
  const conversationId = conversationIdOf(state, target);
  const conversation = state.conversations.get(conversationId ?? '');
  const known = target.userId ? [target.userId] : (conversation?.memberIds ?? []);
  const found = known.flatMap((id) => state.users.get(id) ?? []);
  const people = (hints.people ?? found).filter((person) => person.id !== selfId);
  const kind = target.userId || conversation?.kind === 'direct' || people.length === 1 ? 'direct' : 'group';
  const isGroup = conversation ? conversation.kind === 'group' : kind === 'group';
  return {
    conversationId,
    kind: isGroup ? 'group' : 'direct',
    otherId: otherIdOf(state, target),
    people,
    title: hints.title ?? conversation?.title ?? namesOf(people),
    hue: conversation?.hue,
  };
}

function namesOf(people: readonly Person[]): string {
  return people.map((person) => person.displayName).join(', ');
}
