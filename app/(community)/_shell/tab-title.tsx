'use client';

import { useRingingTitle } from '@parley/call-kit';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { useText } from '../../_language/text-provider';
import type { CommunityState } from '../_store/community-state';
import { useCommunity } from '../_store/hooks';
import { titleOf } from '../_store/titles';

const blinkMs = 1200;
const titles = [
  { path: '/calls', title: 'shell.calls' },
  { path: '/operator', title: 'shell.community' },
  { path: '/settings', title: 'ui.settings' },
] as const;
const countUnread = ({ conversations }: CommunityState) =>
  [...conversations.values()].reduce((sum, one) => sum + one.unreadCount, 0);

/**
 * The one owner of the tab's title: it alternates between the caller's name, while it rings, and the unread count with
 * the page's name.
 */
export function TabTitle({ conversationId }: { conversationId: string | null }) {
  const t = useText();
  const pathname = usePathname();
  const unread = useCommunity(countUnread);
  const page = useCommunity((state) => {
    const conversation = state.conversations.get(conversationId ?? '');
    if (conversation) return titleOf(t, state, conversation);
    const known = titles.find(({ path }) => pathname.startsWith(path));
    return known ? t(known.title) : state.community.name;
  });
  const title = `${unread > 0 ? `(${unread}) ` : ''}${page} · Parley`;
  const ringing = useRingingTitle();
  useEffect(() => {
    // On the icon of an installed Parley; other pages have none.
    navigator.setAppBadge?.(unread).catch(() => {});
  }, [unread]);
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
