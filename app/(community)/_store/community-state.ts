import type {
  Community,
  ConversationView,
  Gone,
  MeView,
  Snapshot,
  StreamEvent,
  UserView,
} from '@parley/call-protocol';

/** Everything of the community that this viewer may see, as far as this tab has heard; calls are the kit's. */
export type CommunityState = {
  community: Community;
  me: MeView;
  /** Everyone, or in a large community those whom this tab was given: the ones in sight and in names. */
  users: ReadonlyMap<string, UserView>;
  /** How many people there are when `users` is not sure to hold them all; null: it holds everyone. */
  memberCount: number | null;
  conversations: ReadonlyMap<string, ConversationView>;
  /** Last revision of what may no longer be seen, so that a late view can't bring it back. */
  gone: ReadonlyMap<string, number>;
  /** How often a snapshot replaced everything: open message lists read again when it grows. */
  snapshotCount: number;
  isSignedOut: boolean;
};

/**
 * The state a snapshot describes; what it lacks was removed. In a large community it lacks people who were given
 * besides, so these stay until the store has asked for them again.
 */
export function fromSnapshot(snapshot: Snapshot, previous?: CommunityState): CommunityState {
  const memberCount = snapshot.memberCount ?? null;
  const kept = memberCount === null ? undefined : previous;
  return {
    community: snapshot.community,
    me: snapshot.me,
    users: new Map([...(kept?.users ?? []), ...byId(snapshot.users)]),
    memberCount,
    conversations: byId(snapshot.conversations),
    gone: kept?.gone ?? new Map(),
    snapshotCount: (previous?.snapshotCount ?? -1) + 1,
    isSignedOut: false,
  };
}

/** The next state after one event of the stream. Of two views of one thing the newer one wins. */
export function reduceCommunity(state: CommunityState, event: StreamEvent): CommunityState {
  switch (event.type) {
    case 'snapshot':
      return fromSnapshot(event.data, state);
    case 'me':
      return event.data.revision >= state.me.revision ? { ...state, me: event.data } : state;
    case 'community':
      return { ...state, community: event.data };
    case 'users':
      return merged(state, 'users', event.data);
    case 'conversation':
      return merged(state, 'conversations', [event.data]);
    case 'signed-out':
      return { ...state, isSignedOut: true };
    case 'call':
    case 'message':
    case 'reaction':
    case 'reception':
    case 'heartbeat':
      return state;
  }
}

/**
 * The state once people were given who had been asked for. Of two views of a person the newer one wins.
 *
 * @param asked who was asked for by id: those of them who were not given are no longer in the community
 */
export function withPeople(
  state: CommunityState,
  given: readonly UserView[],
  asked: readonly string[],
): CommunityState {
  const next = merged(state, 'users', given);
  const found = new Set(given.map((user) => user.id));
  const removed = asked.filter((id) => !found.has(id) && next.users.has(id));
  if (removed.length === 0) return next;
  const users = new Map(next.users);
  for (const id of removed) users.delete(id);
  return { ...next, users };
}

/** Without a gap in the stream no snapshot clears them: a tab may stay open for weeks, a late view is seconds late. */
const mostGone = 200;

type Lists = { users: UserView; conversations: ConversationView };

function merged<K extends keyof Lists>(
  state: CommunityState,
  list: K,
  changes: readonly (Lists[K] | Gone)[],
): CommunityState {
  const items = new Map<string, Lists[K]>(lists(state)[list]);
  const gone = new Map(state.gone);
  let isChanged = false;
  for (const next of changes) {
    const seen = Math.max(items.get(next.id)?.revision ?? -1, gone.get(next.id) ?? -1);
    if (next.revision < seen) continue;
    isChanged = true;
    if (isGone(next)) {
      items.delete(next.id);
      // Taken out first, so that the latest stands last.
      gone.delete(next.id);
      gone.set(next.id, next.revision);
    } else {
      items.set(next.id, next);
      gone.delete(next.id);
    }
  }
  for (const oldest of gone.keys()) {
    if (gone.size <= mostGone) break;
    gone.delete(oldest);
  }
  return isChanged ? { ...state, [list]: items, gone } : state;
}

const lists = (state: CommunityState): { [K in keyof Lists]: ReadonlyMap<string, Lists[K]> } => state;

function isGone(next: Lists[keyof Lists] | Gone): next is Gone {
  return 'gone' in next;
}

function byId<T extends { id: string }>(items: T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
