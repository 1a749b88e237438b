'use client';

import { createContext, type ReactNode, useCallback, useContext, useSyncExternalStore } from 'react';
import type { UserView } from '@/lib/protocol';
import type { CommunityState } from './community-state';
import type { CommunityStore } from './community-store';
import type { MessageList } from './message-list';

const StoreContext = createContext<CommunityStore | null>(null);

export function CommunityStoreProvider({ store, children }: { store: CommunityStore; children: ReactNode }) {
  return <StoreContext value={store}>{children}</StoreContext>;
}

export function useCommunityStore(): CommunityStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error('This screen is outside the community layout');
  return store;
}

/** Re-renders on every change of the community. */
export function useCommunity(): CommunityState {
  const store = useCommunityStore();
  return useSyncExternalStore(store.subscribe, store.getState, store.getState);
}

export function useMessageList(conversationId: string): MessageList {
  const store = useCommunityStore();
  const read = useCallback(() => store.getList(conversationId), [store, conversationId]);
  return useSyncExternalStore(store.subscribe, read, read);
}

/** The signed-in person's own profile. */
export function useSelf(): UserView | null {
  const { me, users } = useCommunity();
  return users.get(me.id) ?? null;
}
