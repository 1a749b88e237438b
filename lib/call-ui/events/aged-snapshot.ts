import type { CallView, Snapshot, StreamEvent } from '@parley/call-protocol';

type Received<View> = { view: View; at: number };

/** Folds the stream's events into one snapshot, so that a late subscriber starts with all of it. */
export type SnapshotKeeper = {
  take(event: StreamEvent, at: number): void;
  /** Everything known, with its milliseconds as they are at `now`; null before the first snapshot. */
  snapshotAt(now: number): Extract<StreamEvent, { type: 'snapshot' }> | null;
};

/** Makes the keeper of one event source; it knows nothing before the first snapshot. */
export function createSnapshotKeeper(): SnapshotKeeper {
  let base: Pick<Snapshot, 'protocolVersion' | 'memberCount' | 'community' | 'me'> | null = null;
  let users = new Map<string, Snapshot['users'][number]>();
  let conversations = new Map<string, Snapshot['conversations'][number]>();
  let calls = new Map<string, Received<CallView>>();

  return {
    take(event, at) {
      switch (event.type) {
        case 'snapshot':
          base = {
            protocolVersion: event.data.protocolVersion,
            memberCount: event.data.memberCount,
            community: event.data.community,
            me: event.data.me,
          };
          users = new Map(event.data.users.map((user) => [user.id, user]));
          conversations = new Map(event.data.conversations.map((view) => [view.id, view]));
          calls = new Map(event.data.calls.map((view) => [view.id, { view, at }]));
          break;
        case 'me':
          if (base) base = { ...base, me: event.data };
          break;
        case 'community':
          if (base) base = { ...base, community: event.data };
          break;
        case 'users':
          for (const view of event.data) {
            if ('gone' in view) users.delete(view.id);
            else users.set(view.id, view);
          }
          break;
        case 'conversation':
          if ('gone' in event.data) conversations.delete(event.data.id);
          else conversations.set(event.data.id, event.data);
          break;
        case 'call':
          // A snapshot holds live calls; every subscriber has received the ended call already.
          if ('gone' in event.data || event.data.status === 'ended') calls.delete(event.data.id);
          else calls.set(event.data.id, { view: event.data, at });
          break;
        case 'signed-out':
          base = null;
          break;
      }
    },
    snapshotAt(now) {
      if (!base) return null;
      const aged = [...calls.values()].map(({ view, at }) => ageCall(view, now - at));
      const data = { ...base, users: [...users.values()], conversations: [...conversations.values()] };
      return { type: 'snapshot', data: { ...data, calls: aged } };
    },
  };
}

/**
 * A view as it is `ms` milliseconds after it was received: what is left shrinks, what has gone by
 * grows while the call is active.
 */
export function ageCall(view: CallView, ms: number): CallView {
  const passed = Math.max(0, Math.round(ms));
  const left = (value: number) => Math.max(0, value - passed);
  return {
    ...view,
    myRing: view.myRing && { ...view.myRing, msLeft: left(view.myRing.msLeft) },
    elapsedMs: view.elapsedMs !== null && view.status === 'active' ? view.elapsedMs + passed : view.elapsedMs,
    people: view.people.map((person) => {
      const { participation } = person;
      if (!participation || participation.rejoinMsLeft === null) return person;
      return {
        ...person,
        participation: { ...participation, rejoinMsLeft: left(participation.rejoinMsLeft) },
      };
    }),
  };
}
