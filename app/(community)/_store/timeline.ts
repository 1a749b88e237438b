import type { CallEntry, MessageView } from '@parley/call-protocol';
import { isRepeat } from './fold-calls';
import type { PendingMessage } from './message-list';

export type TimelineItem =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'new'; key: string }
  | { kind: 'message'; key: string; message: MessageView; isFirst: boolean }
  | { kind: 'pending'; key: string; message: PendingMessage; isFirst: boolean }
  | { kind: 'call'; key: string; entry: CallEntry; count: number };

/** Messages of one person within this time stand under one name. */
const groupMs = 5 * 60_000;

/**
 * What the message list shows, top to bottom: a separator per day, one "New" line before the
 * first message after `newAfter` (a position, or null for no line) that is not mine, names only where they are needed, and calls that
 * repeat in a row as one line with a count.
 */
export function timeline(
  messages: readonly MessageView[],
  pending: readonly PendingMessage[],
  viewerId: string,
  newAfter: number | null,
): TimelineItem[] {
  const items: TimelineItem[] = [];
  let day = '';
  let author: { id: string; at: number } | null = null;
  let isNewMarked = newAfter === null;

  const onDay = (at: number) => {
    const date = new Date(at).toDateString();
    if (date === day) return;
    day = date;
    author = null;
    items.push({ kind: 'day', key: `day-${date}`, at });
  };
  const isFirst = (id: string, at: number) => {
    const first = author?.id !== id || at - author.at > groupMs;
    author = { id, at };
    return first;
  };

  for (const message of messages) {
    onDay(message.sentAt);
    if (!isNewMarked && message.seq > (newAfter ?? 0) && message.authorId !== viewerId) {
      isNewMarked = true;
      author = null;
      items.push({ kind: 'new', key: 'new' });
    }
    if (message.callEntry) {
      author = null;
      const last = items.at(-1);
      if (last?.kind === 'call' && isRepeat(last.entry, message.callEntry)) {
        items[items.length - 1] = { ...last, entry: message.callEntry, count: last.count + 1 };
      } else {
        items.push({ kind: 'call', key: message.id, entry: message.callEntry, count: 1 });
      }
      continue;
    }
    const key = message.clientMessageId ?? message.id;
    items.push({ kind: 'message', key, message, isFirst: isFirst(message.authorId, message.sentAt) });
  }
  for (const message of pending) {
    onDay(message.sentAt);
    items.push({
      kind: 'pending',
      key: message.clientMessageId,
      message,
      isFirst: isFirst(viewerId, message.sentAt),
    });
  }
  return items;
}
