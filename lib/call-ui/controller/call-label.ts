import type { CallView, Person } from '@parley/call-protocol';
import type { CallTarget } from '../client';
import { conversationIdOf, otherIdOf } from './call-target';
import type { Kit } from './kit';
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

export type LabellingOwners = Pick<Kit, 'people' | 'self' | 'state'>;

/** What a call will be called before the server has responded. */
export function labelOfTarget(
  { people: named, self, state: reader }: LabellingOwners,
  target: CallTarget,
  hints: { people?: readonly Person[] | undefined; title?: string | undefined } = {},
): CallLabel {
  const state = reader.get();
  const conversationId = conversationIdOf(state, target);
  const conversation = state.conversations.get(conversationId ?? '');
  const known = target.userId ? [target.userId] : (conversation?.memberIds ?? []);
  const found = known.flatMap((id) => named.find(id) ?? []);
  const people = (hints.people ?? found).filter((person) => person.id !== self.id);
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

/** The label with one person in the place of another, and with a title that was made of the people's names. */
export function withPersonIn(label: CallLabel, before: Person, now: Person): CallLabel {
  if (!label.people.includes(before)) return label;
  const people = label.people.map((person) => (person === before ? now : person));
  return { ...label, people, title: label.title === namesOf(label.people) ? namesOf(people) : label.title };
}

function namesOf(people: readonly Person[]): string {
  return people.map((person) => person.displayName).join(', ');
}
