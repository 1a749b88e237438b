'use client';

import { useIsInFront } from '@parley/call-kit';
import type { ConversationView } from '@parley/call-protocol';
import { useEffect, useRef, useState } from 'react';
import { api } from '../_store/api';
import { useReportSeen } from '../_store/report-seen';

/**
 * The position after which messages are new: what was unread on opening, or what came while the
 * page was not in front. Null: nothing is.
 */
export function useNewAfter(conversation: ConversationView, newest: number): number | null {
  const [newAfter, setNewAfter] = useState(conversation.unreadCount > 0 ? conversation.lastReadSeq : null);
  const latest = useRef(newest);
  latest.current = newest;
  const isInFront = useIsInFront();
  useEffect(() => {
    // Before the first page is there, nothing is known to have been read or not.
    if (latest.current === 0) return;
    if (isInFront) setNewAfter((was) => (was !== null && was >= latest.current ? null : was));
    else setNewAfter(latest.current);
  }, [isInFront]);
  return newAfter;
}

/** Reports how far this person has read, while the page is in front and its newest message is visible. */
export function useReading(conversation: ConversationView, newest: number, isNewestSeen: boolean): void {
  const isInFront = useIsInFront();
  const { id, unreadCount, lastReadSeq } = conversation;
  const isUnread = newest > lastReadSeq || unreadCount > 0;
  const isSeen = isInFront && isNewestSeen && newest > 0;
  useReportSeen(isSeen && isUnread ? `${id} ${newest}` : null, () => api.markRead(id, newest));
}
