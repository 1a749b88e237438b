'use client';

import type { CallEntry, ConversationView, Person, UserView } from '@parley/call-protocol';
import { createContext, type ReactNode, useCallback, useContext, useSyncExternalStore } from 'react';
import { useSyncExternalStoreWithSelector } from 'use-sync-external-store/shim/with-selector';
import { useText } from '../../_language/text-provider';
import type { CommunityState } from './community-state';
import type { CommunityStore } from './community-store';
import type { MessageList } from './message-list';
import { isSamePerson, otherOf, personOf, titleOf } from './titles';

const StoreContext = createContext<CommunityStore | null>(null);

export function CommunityStoreProvider({ store, children }: { store: CommunityStore; children: ReactNode }) {
  return <StoreContext value={store}>{children}</StoreContext>;
}

export function useCommunityStore(): CommunityStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error('This screen is outside the community layout');
  return store;
}

/**
 * Selects a piece of the community. The component renders again when the piece changes, not with every presence and
 * every unread message of 200 people.
 *
 * @param isEqual whether two pieces look the same on the screen. Default: they are the same value
 */
export function useCommunity<Piece>(
  select: (state: CommunityState) => Piece,
  isEqual: (a: Piece, b: Piece) => boolean = Object.is,
): Piece {
  const store = useCommunityStore();
  return useSyncExternalStoreWithSelector(store.subscribe, store.getState, store.getState, select, isEqual);
}

/** Selects a list; the component renders again when its length, its order or one of its members changes. */
export function useCommunityList<Member extends {}>(
  select: (state: CommunityState) => readonly Member[],
  isEqual: (a: Member, b: Member) => boolean = Object.is,
): readonly Member[] {
  return useCommunity<readonly Member[]>(select, (a, b) => {
    const isSame = (member: Member, index: number) => {
      const other = b[index];
      return other !== undefined && isEqual(member, other);
    };
    return a.length === b.length && a.every(isSame);
  });
}

/** The id of the signed-in person. */
export const useMyId = (): string => useCommunity((state) => state.me.id);

/** A person's name and picture; their presence does not render the component again. */
export function usePerson(id: string): Person {
  const t = useText();
  return useCommunity((state) => personOf(t, state, id), isSamePerson);
}

/** Whether the person is in the community; a person who was removed is not. */
export const useIsKnown = (id: string): boolean => useCommunity((state) => state.users.has(id));

/** The other person of a direct conversation, or null. */
export function useOther(conversation: ConversationView): Person | null {
  const t = useText();
  return useCommunity((state) => otherOf(t, state, conversation), isSamePerson);
}

/** The name a conversation goes by, for the signed-in person. */
export function useTitle(conversation: ConversationView): string {
  const t = useText();
  return useCommunity((state) => titleOf(t, state, conversation));
}

/** What a call was about; a person who blocks its caller does not read it, also before the server has sent the entry anew. */
export const useCallLine = (entry: CallEntry): string | null =>
  useCommunity(({ users }) => (users.get(entry.callerId)?.isBlocked ? null : entry.line));

/** A conversation of the signed-in person. */
export const useConversation = (id: string | null): ConversationView | undefined =>
  useCommunity((state) => state.conversations.get(id ?? ''));

export function useMessageList(conversationId: string): MessageList {
  const store = useCommunityStore();
  const read = useCallback(() => store.getList(conversationId), [store, conversationId]);
  return useSyncExternalStore(store.subscribe, read, read);
}

/** The signed-in person's own profile. */
export const useSelf = (): UserView | null => useCommunity(({ me, users }) => users.get(me.id) ?? null);
