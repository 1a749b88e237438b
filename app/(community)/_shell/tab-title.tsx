'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { useCommunity } from '../_store/hooks';
import { titleOf } from '../_store/titles';

/** Keeps the tab's title right: unread messages first, then where one is. */
export function TabTitle({ conversationId }: { conversationId: string | null }) {
  const state = useCommunity();
  const pathname = usePathname();
  const conversation = conversationId ? state.conversations.get(conversationId) : undefined;
  const unread = [...state.conversations.values()].reduce((sum, one) => sum + one.unreadCount, 0);
  const page = conversation
    ? titleOf(state, conversation)
    : pathname.startsWith('/calls')
      ? 'Calls'
      : pathname.startsWith('/operator')
        ? 'Community'
        : pathname.startsWith('/settings')
          ? 'Settings'
          : state.community.name;
  const title = `${unread > 0 ? `(${unread}) ` : ''}${page} · Parley`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
