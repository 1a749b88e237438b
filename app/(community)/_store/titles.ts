import { isolateText, joinNames, lengthInWords } from '@parley/call-kit';
import type { CallEntry, ConversationView, Person } from '@parley/call-protocol';
import type { CommunityState } from './community-state';

const unknown = (id: string): Person => ({ id, username: '', displayName: 'Someone', avatarUrl: null });

/** Whether two views of a person show the same name, picture and colour; presence is not part of it. */
export function isSamePerson(a: Person | null, b: Person | null): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  return (
    a.id === b.id &&
    a.username === b.username &&
    a.displayName === b.displayName &&
    a.avatarUrl === b.avatarUrl &&
    a.hue === b.hue
  );
}

/** A person by id; someone who left the community is still someone. */
export function personOf(state: CommunityState, id: string): Person {
  return state.users.get(id) ?? unknown(id);
}

/** The other person of a direct conversation, or null. */
export function otherOf(state: CommunityState, conversation: ConversationView): Person | null {
  if (conversation.kind !== 'direct') return null;
  const id = conversation.memberIds?.find((memberId) => memberId !== state.me.id);
  return id ? personOf(state, id) : null;
}

/** The name a conversation goes by, for this viewer. */
export function titleOf(state: CommunityState, conversation: ConversationView): string {
  const other = otherOf(state, conversation);
  if (other) return other.displayName;
  if (conversation.title) return conversation.title;
  const names = (conversation.memberIds ?? [])
    .filter((id) => id !== state.me.id)
    .map((id) => personOf(state, id).displayName);
  return names.length > 0 ? names.join(', ') : 'Only you';
}

/** The outcome of a call in words for its reader; lists show it under the conversation's name, which it does not repeat. */
export function outcomeText(state: CommunityState, entry: CallEntry): string {
  const names = entry.personIds.map((id) => (id === state.me.id ? 'You' : personOf(state, id).displayName));
  switch (entry.outcome) {
    case 'live':
      return 'Call going on';
    case 'missed':
      return entry.conversationKind === 'direct'
        ? 'Missed call'
        : `Missed call from ${isolateText(personOf(state, entry.callerId).displayName)}`;
    case 'completed':
      return entry.lengthMs === null ? 'Call' : lengthInWords(entry.lengthMs);
    case 'declined':
      return names.length > 0 ? `${joinNames(names)} declined` : 'Declined';
    case 'no_answer':
      return 'No answer';
    case 'unreachable':
      return 'Not reachable';
    case 'cancelled':
      return 'Call cancelled';
    case 'failed':
      return 'Call failed';
  }
}

/** The line under a conversation's name: what was said last, and by whom. */
export function previewText(state: CommunityState, conversation: ConversationView): string {
  const last = conversation.lastMessage;
  if (!last) return '';
  if (last.callEntry) {
    const text = outcomeText(state, last.callEntry);
    return last.callEntry.outcome === 'completed' && last.callEntry.lengthMs !== null ? `${text} call` : text;
  }
  if (last.text === '') return 'Message deleted';
  if (last.authorId === state.me.id) return `You: ${isolateText(last.text)}`;
  return conversation.kind === 'direct'
    ? last.text
    : `${isolateText(personOf(state, last.authorId).displayName)}: ${isolateText(last.text)}`;
}
