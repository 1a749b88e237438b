import { isolateText, joinNames, lengthInWords } from '@parley/call-kit';
import type { Words } from '@parley/call-kit/words';
import type { CallEntry, ConversationView, Person } from '@parley/call-protocol';
import type { Translate } from '@/languages/translator';
import type { CommunityState } from './community-state';

/** The app's words, and the call kit's for lists of names and lengths. */
export type BothWords = { t: Translate; callWords: Words };

const unknown = (t: Translate, id: string): Person => ({
  id,
  username: '',
  displayName: t('shell.someone'),
  avatarUrl: null,
});

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
export function personOf(t: Translate, state: CommunityState, id: string): Person {
  return state.users.get(id) ?? unknown(t, id);
}

/** The other person of a direct conversation, or null. */
export function otherOf(t: Translate, state: CommunityState, conversation: ConversationView): Person | null {
  if (conversation.kind !== 'direct') return null;
  const id = conversation.memberIds?.find((memberId) => memberId !== state.me.id);
  return id ? personOf(t, state, id) : null;
}

/** The name a conversation goes by, for this viewer. */
export function titleOf(t: Translate, state: CommunityState, conversation: ConversationView): string {
  const other = otherOf(t, state, conversation);
  if (other) return other.displayName;
  if (conversation.title) return conversation.title;
  const names = (conversation.memberIds ?? [])
    .filter((id) => id !== state.me.id)
    .map((id) => personOf(t, state, id).displayName);
  return names.length > 0 ? names.join(', ') : t('shell.onlyYou');
}

/** The outcome of a call in words for its reader; lists show it under the conversation's name, which it does not repeat. */
export function outcomeText({ t, callWords }: BothWords, state: CommunityState, entry: CallEntry): string {
  const names = entry.personIds.map((id) =>
    id === state.me.id ? t('shell.you') : personOf(t, state, id).displayName,
  );
  switch (entry.outcome) {
    case 'live':
      return t('shell.callGoingOn');
    case 'missed':
      return entry.conversationKind === 'direct'
        ? t('shell.missedCall')
        : t('shell.missedCallFrom', { name: isolateText(personOf(t, state, entry.callerId).displayName) });
    case 'completed':
      return entry.lengthMs === null ? t('shell.call') : lengthInWords(entry.lengthMs, callWords);
    case 'declined':
      return names.length > 0
        ? t('shell.declinedBy', { names: joinNames(names, callWords) })
        : t('shell.declined');
    case 'no_answer':
      return t('shell.noAnswer');
    case 'unreachable':
      return t('shell.notReachable');
    case 'cancelled':
      return t('shell.callCancelled');
    case 'failed':
      return t('shell.callFailed');
  }
}

/** The line under a conversation's name: what was said last, and by whom. */
export function previewText(both: BothWords, state: CommunityState, conversation: ConversationView): string {
  const { t } = both;
  const last = conversation.lastMessage;
  if (!last) return '';
  if (last.callEntry) {
    const text = outcomeText(both, state, last.callEntry);
    return last.callEntry.outcome === 'completed' && last.callEntry.lengthMs !== null
      ? t('shell.callOfLength', { length: text })
      : text;
  }
  if (last.text === '') return t('shell.messageDeleted');
  if (last.authorId === state.me.id) return t('shell.youSaid', { text: isolateText(last.text) });
  return conversation.kind === 'direct'
    ? last.text
    : t('shell.said', {
        name: isolateText(personOf(t, state, last.authorId).displayName),
        text: isolateText(last.text),
      });
}
