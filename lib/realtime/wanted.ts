import 'server-only';
import type { CallId, ConversationId, UserId } from '@/lib/ids';
import type { Wake } from './bus';

/** Sets of `T` by thing, in the order in which the things were first wanted. */
type By<K, T> = Map<K, Set<T>>;

/** Which streams want which things. */
export type Wanted<T> = {
  calls: By<CallId, T>;
  conversations: By<ConversationId, T>;
  messages: By<string, T>;
  users: By<UserId, T>;
  me: Set<T>;
  community: Set<T>;
};

export function nothingWanted<T>(): Wanted<T> {
  return {
    calls: new Map(),
    conversations: new Map(),
    messages: new Map(),
    users: new Map(),
    me: new Set(),
    community: new Set(),
  };
}

export function addWanted<T>(wanted: Wanted<T>, by: T, what: Wake): void {
  addAll(wanted.calls, by, what.calls);
  addAll(wanted.conversations, by, what.conversations);
  addAll(wanted.messages, by, what.messages);
  addAll(wanted.users, by, what.users);
  if (what.me) wanted.me.add(by);
  if (what.community) wanted.community.add(by);
}

function addAll<K, T>(things: By<K, T>, by: T, ids: readonly K[] = []): void {
  for (const id of ids) {
    const wanting = things.get(id);
    if (wanting) wanting.add(by);
    else things.set(id, new Set([by]));
  }
}

/** What is wanted besides calls. */
export function hasMore<T>({ conversations, messages, users, me, community }: Wanted<T>): boolean {
  return conversations.size + messages.size + users.size + me.size + community.size > 0;
}

/** Everything wanted, whichever stream wants it. */
export function wakeOf<T>({ calls, conversations, messages, users, me, community }: Wanted<T>): Wake {
  return {
    calls: [...calls.keys()],
    conversations: [...conversations.keys()],
    messages: [...messages.keys()],
    users: [...users.keys()],
    me: me.size > 0,
    community: community.size > 0,
  };
}
