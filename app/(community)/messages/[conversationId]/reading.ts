'use client';

import { useEffect, useRef, useState } from 'react';
import type { ConversationView } from '@/lib/protocol';
import { api } from '../../_store/api';

function usePageVisible(): boolean {
  const [isVisible, setVisible] = useState(true);
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === 'visible');
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return isVisible;
}

/**
 * The position after which messages are new: what was unread on opening, or what came while the
 * page was out of sight. Null: nothing is.
 */
export function useNewAfter(conversation: ConversationView, newest: number): number | null {
  const [newAfter, setNewAfter] = useState(conversation.unreadCount > 0 ? conversation.lastReadSeq : null);
  const latest = useRef(newest);
  latest.current = newest;
  const isVisible = usePageVisible();
  useEffect(() => {
    // Before the first page is there, nothing is known to have been read or not.
    if (latest.current === 0) return;
    if (isVisible) setNewAfter((was) => (was !== null && was >= latest.current ? null : was));
    else setNewAfter(latest.current);
  }, [isVisible]);
  return newAfter;
}

/** Tells the server how far one has read: while the page is visible and its newest message too. */
export function useReading(conversation: ConversationView, newest: number, isNewestSeen: boolean): void {
  const isVisible = usePageVisible();
  const told = useRef(conversation.lastReadSeq);
  const { id, unreadCount } = conversation;
  useEffect(() => {
    if (!isVisible || !isNewestSeen || newest === 0) return;
    if (newest <= told.current && unreadCount === 0) return;
    told.current = newest;
    // The next message tries again; nothing to say to the person about it.
    api.markRead(id, newest).catch(() => undefined);
  }, [id, newest, unreadCount, isVisible, isNewestSeen]);
}
