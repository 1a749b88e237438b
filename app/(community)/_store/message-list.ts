import type { MessageView } from '@parley/call-protocol';

/** A message of mine that the server has not confirmed. */
export type PendingMessage = {
  clientMessageId: string;
  text: string;
  sentAt: number;
  hasFailed: boolean;
  reason: string | null;
};

type Loading = 'idle' | 'loading' | 'failed';

/** What this tab holds of one conversation's messages: a window without holes; oldest first. */
export type MessageList = {
  status: 'unread' | 'loading' | 'ready' | 'failed';
  messages: readonly MessageView[];
  pending: readonly PendingMessage[];
  hasOlder: boolean;
  older: Loading;
  /** The reader has gone back so far that the window no longer ends with the newest message. */
  hasNewer: boolean;
  newer: Loading;
  /** The highest position that was seen beyond the end of the window; 0 when none was. */
  seenBeyond: number;
};

export const emptyList: MessageList = {
  status: 'unread',
  messages: [],
  pending: [],
  hasOlder: false,
  older: 'idle',
  hasNewer: false,
  newer: 'idle',
  seenBeyond: 0,
};

/** Puts views into their place by position; the newer revision of one message wins. */
export function mergeMessages(
  known: readonly MessageView[],
  fresh: readonly MessageView[],
): readonly MessageView[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of fresh) {
    const old = byId.get(message.id);
    if (!old || message.revision >= old.revision) byId.set(message.id, message);
  }
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

/** A message arrived; if it is one of ours, it takes the place of the optimistic one. */
export function receive(list: MessageList, message: MessageView): MessageList {
  if (list.hasNewer && message.seq > (list.messages.at(-1)?.seq ?? 0)) {
    const seenBeyond = Math.max(list.seenBeyond, message.seq);
    const { clientMessageId } = message;
    return { ...(clientMessageId ? dropPending(list, clientMessageId) : list), seenBeyond };
  }
  return settle({ ...list, messages: mergeMessages(list.messages, [message]) });
}

/**
 * The newest page, `hasOlder` pages before it: used for the first reading and after a gap in the stream.
 * What the stream said while the page was on its way stays; what lies before the page is read again on
 * scrolling, because there may be a hole between the two.
 */
export function takeNewest(list: MessageList, page: readonly MessageView[], hasOlder: boolean): MessageList {
  const first = hasOlder ? Math.min(...page.map((message) => message.seq)) : 0;
  const known = list.messages.filter((message) => message.seq >= first);
  const messages = mergeMessages(known, page);
  return settle({ ...list, status: 'ready', messages, hasOlder, older: 'idle' });
}

/** The newest `count` messages; what lies before them is read again on scrolling. */
export function keepNewest(list: MessageList, count: number): MessageList {
  if (list.messages.length <= count) return list;
  return { ...list, messages: list.messages.slice(-count), hasOlder: true, older: 'idle' };
}

/** The oldest `count` messages; what lies after them is read again on scrolling. */
export function keepOldest(list: MessageList, count: number): MessageList {
  if (list.messages.length <= count) return list;
  const seenBeyond = Math.max(list.seenBeyond, list.messages.at(-1)?.seq ?? 0);
  return { ...list, messages: list.messages.slice(0, count), hasNewer: true, newer: 'idle', seenBeyond };
}

/** A newer page goes after what is known. A message that arrived while the page was read is beyond it. */
export function append(list: MessageList, page: readonly MessageView[], hasMore: boolean): MessageList {
  const messages = mergeMessages(list.messages, page);
  const hasNewer = hasMore || list.seenBeyond > (messages.at(-1)?.seq ?? 0);
  return settle({ ...list, messages, hasNewer, newer: 'idle', seenBeyond: hasNewer ? list.seenBeyond : 0 });
}

/** An older page goes before what is known. */
export function prepend(list: MessageList, page: readonly MessageView[], hasOlder: boolean): MessageList {
  return { ...list, messages: mergeMessages(list.messages, page), hasOlder, older: 'idle' };
}

/** Puts a message of mine after everything else, also one that is sent once more. */
export function addPending(list: MessageList, message: PendingMessage): MessageList {
  const others = list.pending.filter((p) => p.clientMessageId !== message.clientMessageId);
  return { ...list, pending: [...others, message] };
}

export function failPending(list: MessageList, clientMessageId: string, reason: string): MessageList {
  return {
    ...list,
    pending: list.pending.map((p) =>
      p.clientMessageId === clientMessageId ? { ...p, hasFailed: true, reason } : p,
    ),
  };
}

export function dropPending(list: MessageList, clientMessageId: string): MessageList {
  return { ...list, pending: list.pending.filter((p) => p.clientMessageId !== clientMessageId) };
}

function settle(list: MessageList): MessageList {
  const confirmed = new Set(list.messages.map((message) => message.clientMessageId));
  const pending = list.pending.filter((p) => !confirmed.has(p.clientMessageId));
  return pending.length === list.pending.length ? list : { ...list, pending };
}
