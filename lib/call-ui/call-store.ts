import { type CallView, type Gone, isInCall, type Person } from '@parley/call-protocol';

/**
 * A view with the moment it was received, in milliseconds of a clock that never runs backward.
 *
 * @example
 * const ageMs = ({ receivedAt }: HeldCall) => performance.now() - receivedAt;
 */
export type HeldCall = { readonly view: CallView; readonly receivedAt: number };

/**
 * Every call this tab knows: those that live, and the last few that ended. `goneAt` keeps the revision at which a
 * call went, so that an older view that was on its way cannot bring it back; the last few are enough for that.
 *
 * @example
 * const live = ({ calls }: CallStoreState) => [...calls.values()].filter(({ view }) => view.status !== 'ended');
 */
export type CallStoreState = {
  readonly calls: ReadonlyMap<string, HeldCall>;
  readonly goneAt: ReadonlyMap<string, number>;
  readonly hasSnapshot: boolean;
};

/**
 * What can happen to the store.
 *
 * @example
 * const action: CallStoreAction = { type: 'view', view, at: performance.now() };
 * state = callStore(state, action);
 */
export type CallStoreAction =
  /** A view from the stream or from a response; `at` in milliseconds of the same clock. */
  | { type: 'view'; view: CallView; at: number }
  | { type: 'gone'; gone: Gone }
  /** Calls that it lacks are removed, except those in `keepIds`: the server is asked how they ended. */
  | { type: 'snapshot'; views: readonly CallView[]; at: number; keepIds?: ReadonlySet<string> }
  /** Puts one person in the place of another, wherever that very object stands: their name has come, or changed. */
  | { type: 'person'; before: Person; now: Person }
  /** Drops a call that no component shows, for example when its ended card is dismissed. */
  | { type: 'forget'; callId: string };

/** Without a gap in the stream no snapshot clears the store: a tab may stay open for weeks. */
const mostEnded = 20;
const mostGone = 200;

/**
 * The store before the first snapshot.
 *
 * @example
 * let state = emptyCallStore;
 */
export const emptyCallStore: CallStoreState = { calls: new Map(), goneAt: new Map(), hasSnapshot: false };

/**
 * The pure reducer over views: the newest revision wins, whatever the order; `gone` removes; a
 * snapshot replaces. Returns the same object when nothing changed.
 *
 * @example
 * state = callStore(state, { type: 'view', view, at: performance.now() });
 */
export function callStore(state: CallStoreState, action: CallStoreAction): CallStoreState {
  switch (action.type) {
    case 'view': {
      const { view, at } = action;
      const held = state.calls.get(view.id);
      if (held && held.view.revision >= view.revision) return state;
      if ((state.goneAt.get(view.id) ?? -1) >= view.revision) return state;
      const next = { ...state, calls: new Map(state.calls).set(view.id, { view, receivedAt: at }) };
      return view.status === 'ended' ? withoutOldestEnded(next) : next;
    }
    case 'gone': {
      const { id, revision } = action.gone;
      const held = state.calls.get(id);
      if (held && held.view.revision > revision) return state;
      if ((state.goneAt.get(id) ?? -1) >= revision && !held) return state;
      return without(state, id, revision);
    }
    case 'snapshot': {
      const calls = new Map<string, HeldCall>();
      for (const view of action.views) {
        const held = state.calls.get(view.id);
        // An equal revision is taken anew: after a sleep its milliseconds are the ones that are right.
        const isNewer = !held || held.view.revision <= view.revision;
        calls.set(view.id, isNewer ? { view, receivedAt: action.at } : held);
      }
      for (const id of action.keepIds ?? []) {
        const held = state.calls.get(id);
        if (held && !calls.has(id)) calls.set(id, held);
      }
      return { calls, goneAt: new Map(), hasSnapshot: true };
    }
    case 'person': {
      const { before, now } = action;
      const renamed = [...state.calls].map(([id, held]): [string, HeldCall] => {
        const view = withPerson(held.view, before, now);
        return [id, view === held.view ? held : { ...held, view }];
      });
      const isSame = renamed.every(([id, held]) => state.calls.get(id) === held);
      return isSame ? state : { ...state, calls: new Map(renamed) };
    }
    case 'forget': {
      const held = state.calls.get(action.callId);
      return held ? without(state, action.callId, held.view.revision) : state;
    }
  }
}

/** The view with one person in the place of another; the same object where that one is not in it. */
export function withPerson(view: CallView, before: Person, now: Person): CallView {
  if (!view.people.some(({ user }) => user === before)) return view;
  return {
    ...view,
    people: view.people.map((line) => (line.user === before ? { ...line, user: now } : line)),
  };
}

function without(state: CallStoreState, id: string, revision: number): CallStoreState {
  const calls = new Map(state.calls);
  calls.delete(id);
  const goneAt = new Map(state.goneAt);
  const known = Math.max(revision, goneAt.get(id) ?? -1);
  // Taken out first, so that the latest stands last.
  goneAt.delete(id);
  goneAt.set(id, known);
  for (const oldest of goneAt.keys()) {
    if (goneAt.size <= mostGone) break;
    goneAt.delete(oldest);
  }
  return { ...state, calls, goneAt };
}

function withoutOldestEnded(state: CallStoreState): CallStoreState {
  const ended = [...state.calls.values()].map(({ view }) => view).filter(({ status }) => status === 'ended');
  ended.sort((a, b) => a.revision - b.revision);
  return ended
    .slice(0, Math.max(0, ended.length - mostEnded))
    .reduce((rest, { id, revision }) => without(rest, id, revision), state);
}

/**
 * Milliseconds until my ring's deadline; null when no ring of mine runs.
 *
 * @example
 * const isRinging = (ringMsLeft(held, performance.now()) ?? 0) > 0;
 */
export function ringMsLeft(held: HeldCall, now: number): number | null {
  const ring = held.view.myRing;
  return ring ? Math.max(0, ring.msLeft - (now - held.receivedAt)) : null;
}

/**
 * Milliseconds until the person is given up; null when they are not rejoining.
 *
 * @example
 * const ms = rejoinMsLeft(held, person.user.id, performance.now());
 */
export function rejoinMsLeft(held: HeldCall, userId: string, now: number): number | null {
  const left = held.view.people.find((person) => person.user.id === userId)?.participation?.rejoinMsLeft;
  return left === null || left === undefined ? null : Math.max(0, left - (now - held.receivedAt));
}

/**
 * How long the call has been going on in milliseconds, or how long it was; null before the first entry.
 *
 * @example
 * const ms = callDurationMs(held, performance.now());
 */
export function callDurationMs(held: HeldCall, now: number): number | null {
  const { elapsedMs, status } = held.view;
  if (elapsedMs === null) return null;
  return status === 'active' ? elapsedMs + (now - held.receivedAt) : elapsedMs;
}

/** My own line in a view. */
export function selfIn(view: CallView) {
  return view.people.find((person) => person.user.id === view.viewerId) ?? null;
}

/** True while the server counts me in, in whatever tab or device. */
export function amIn(view: CallView): boolean {
  return view.status !== 'ended' && isInCall(selfIn(view)?.participation);
}
