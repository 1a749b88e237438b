'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { useRingingTitle } from '@/lib/call-ui';
import { useCommunity } from '../_store/hooks';
import { titleOf } from '../_store/titles';

const blinkMs = 1200;

/**
 * The one owner of the tab's title: it alternates between the caller's name, while it rings, and the unread count with
 * the page's name.
 */
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
  const ringing = useRingingTitle();
  useEffect(() => {
    document.title = ringing ?? title;
    if (ringing === null) return;
    let isRingingShown = true;
    const timer = setInterval(() => {
      isRingingShown = !isRingingShown;
      document.title = isRingingShown ? ringing : title;
    }, blinkMs);
    return () => clearInterval(timer);
  }, [title, ringing]);
  return null;
}
