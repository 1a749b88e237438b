import type { ConversationView } from '@parley/call-protocol';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { z } from 'zod/mini';
import { useCommunity, useMyId } from './hooks';

/** The longest wait of a timer, in milliseconds; a promise is a day away at most. */
const mostMs = 24 * 60 * 60_000;

/** Whether a moment in wall-clock milliseconds has come; changes when it comes. Null never comes. */
function useHasCome(at: number | null): boolean {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (at === null) return;
    const update = () => setNow(Date.now());
    update();
    const timer = setTimeout(update, Math.min(mostMs, Math.max(0, at - Date.now())));
    return () => clearTimeout(timer);
  }, [at]);
  return at !== null && now >= at;
}

const dueAtOf = ({ callBack }: ConversationView, myId: string) =>
  callBack?.userId === myId ? callBack.dueAt : null;

/** Whether this person promised to call back in a conversation and the moment has come; changes when it comes. */
export function useIsCallBackDue(conversation: ConversationView): boolean {
  return useHasCome(dueAtOf(conversation, useMyId()));
}

/** Whether any call is due that this person promised; changes when it is. */
export function useIsAnyCallBackDue(): boolean {
  const first = useCommunity(({ conversations, me }) => {
    let at: number | null = null;
    for (const conversation of conversations.values()) {
      const dueAt = dueAtOf(conversation, me.id);
      if (dueAt !== null && (at === null || dueAt < at)) at = dueAt;
    }
    return at;
  });
  return useHasCome(first);
}

const storageKey = 'parley-call-backs-put-away';
const putAwaySchema = z.catch(z.record(z.string(), z.number()), {});
/** Where the browser keeps nothing it lives as long as the page. */
let putAway = '{}';
const listeners = new Set<() => void>();

function read(): string {
  try {
    return localStorage.getItem(storageKey) ?? putAway;
  } catch {
    return putAway;
  }
}

function parse(text: string): Record<string, number> {
  try {
    return putAwaySchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Puts the notice of a due call away in every tab of this browser; the promise stays. */
export function putCallBackAway({ id, callBack }: ConversationView): void {
  if (!callBack) return;
  const recent = Object.entries(parse(read())).filter(([, dueAt]) => dueAt > Date.now() - mostMs);
  putAway = JSON.stringify({ ...Object.fromEntries(recent), [id]: callBack.dueAt });
  try {
    localStorage.setItem(storageKey, putAway);
  } catch {
    // Kept by this page alone.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const onStorage = ({ key }: StorageEvent) => key === storageKey && listener();
  listeners.add(listener);
  addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', onStorage);
  };
}

/** The first call that this person promised and whose notice was not put away in this browser, or null. */
export function usePromisedCall(): ConversationView | null {
  const kept = parse(useSyncExternalStore(subscribe, read, () => '{}'));
  return useCommunity(({ conversations, me }) => {
    let first: ConversationView | null = null;
    for (const conversation of conversations.values()) {
      const dueAt = dueAtOf(conversation, me.id);
      if (dueAt === null || kept[conversation.id] === dueAt) continue;
      if (!first?.callBack || dueAt < first.callBack.dueAt) first = conversation;
    }
    return first;
  });
}
