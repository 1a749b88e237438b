import { callStore } from '../call-store';
import { clockNow } from '../clock';
import { emitEvents } from './emitting-events';
import type { Kit, KitParts } from './kit';
import { firstKitState } from './kit-state';
import { firstChoice } from './media-choice';

/** Makes the state of one provider; nothing listens or is asked before the controller runs. */
export function createKit(parts: KitParts): Kit {
  let state = firstKitState;
  let attempt = 0;
  let clientId: Promise<string> | null = null;
  const listeners = new Set<() => void>();
  const wanted = new Set<number>();
  const timers = new Map<
    string,
    { timer: ReturnType<typeof setTimeout>; dropped: (() => void) | undefined }
  >();

  function dropTimer(name: string) {
    const held = timers.get(name);
    timers.delete(name);
    clearTimeout(held?.timer);
    held?.dropped?.();
  }

  const kit: Kit = {
    parts,
    get: () => state,
    set(change) {
      const isSame = Object.entries(change).every(([key, value]) =>
        Object.is(Reflect.get(state, key), value),
      );
      if (isSame) return;
      state = { ...state, ...change };
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    apply(action) {
      const before = state.store;
      kit.set({ store: callStore(before, action) });
      emitEvents(kit, action, before, state.store);
      if (state.store !== before) forgetEnded(kit);
    },
    take(view) {
      if (view) kit.apply({ type: 'view', view, at: clockNow() });
    },
    clientId() {
      clientId ??= parts.takeClientId().then((id) => {
        kit.set({ clientId: id });
        return id;
      });
      return clientId;
    },
    newAttempt() {
      attempt += 1;
      wanted.add(attempt);
      return attempt;
    },
    cancel: (number) => void wanted.delete(number),
    cancelAll: () => wanted.clear(),
    isWanted: (number) => wanted.has(number),
    room: null,
    unwatchRoom: null,
    chosen: firstChoice,
    rejoining: null,
    unconfirmedLeaves: new Set(),
    sound: null,
    focusBefore: null,
    switchAskers: 0,
    later(name, ms, work, dropped) {
      dropTimer(name);
      const timer = setTimeout(() => {
        timers.delete(name);
        work();
      }, ms);
      timers.set(name, { timer, dropped });
    },
    cancelTimers() {
      for (const name of [...timers.keys()]) dropTimer(name);
    },
  };
  return kit;
}

/** What is remembered of rings and calls goes with them: a tab may stay open for weeks. */
function forgetEnded(kit: Kit) {
  const { store, answering, leftIds } = kit.get();
  const rings = new Set([...store.calls.values()].map(({ view }) => view.myRing?.id));
  const running = [...answering].filter(([ringId]) => rings.has(ringId));
  if (running.length < answering.size) kit.set({ answering: new Map(running) });
  const lives = (callId: string) => (store.calls.get(callId)?.view.status ?? 'ended') !== 'ended';
  const living = [...leftIds].filter(lives);
  if (living.length < leftIds.size) kit.set({ leftIds: new Set(living) });
}
