import type { Attention } from '../attention';
import { amIn, ringMsLeft } from '../call-store';
import { clockNow, onWake, wokeAt } from '../clock';
import type { CallSound, WantedSound } from '../sound/call-sound';
import { phaseOf } from './describe-call';
import type { Kit } from './kit';
import { type EndedCall, incomingCalls, type KitState } from './kit-state';

/** Keeps sound, tab title, wake lock and deadlines in step with the state, whatever changed it. */
export function watchSurroundings(kit: Kit, sound: CallSound, attention: Attention): () => void {
  let seen: KitState | null = null;
  const watchEnded = keepEnded(kit);
  const apply = () => {
    const state = kit.get();
    if (state === seen) return;
    seen = state;
    const now = clockNow();
    const rings = audible(state, now);
    sound.want(
      wantedSound(state, now),
      rings.flatMap(({ view }) => view.myRing?.id ?? []),
    );
    const top = rings[0]?.view;
    const title = ringingTitle(state, now);
    attention.ring(top && title ? { callId: top.id, title, isTitleShown: state.titleOwners > 0 } : null);
    attention.keepAwake(state.entry !== null);
    watchDeadline(kit, now);
    watchEnded(state.ended);
  };
  apply();
  const stops = [kit.subscribe(apply), onWake(() => kit.set({ wokeAt: wokeAt() }))];
  return () => {
    for (const stop of stops) stop();
  };
}

/** "Alice is calling" while a call rings here, else null. */
export function ringingTitle(state: KitState, now: number): string | null {
  const top = audible(state, now)[0]?.view;
  const ringerId = top?.myRing?.ringerId ?? top?.callerId;
  const caller = top?.people.find((person) => person.user.id === ringerId)?.user;
  return caller ? `${caller.displayName} is calling` : null;
}

function audible(state: KitState, now: number) {
  return incomingCalls(state, now).filter(({ view }) => !state.answering.has(view.myRing?.id ?? ''));
}

/** One ringtone at a time; during a call a ring is one soft tone; the caller hears ringback. */
export function wantedSound(state: KitState, now: number): WantedSound {
  const rings = audible(state, now).length > 0;
  const isTalking = state.entry !== null || [...state.store.calls.values()].some(({ view }) => amIn(view));
  if (rings) return isTalking ? 'soft-tone' : 'ringtone';
  if (!state.entry || phaseOf(state) !== 'outgoing') return null;
  const held = state.entry.callId ? state.store.calls.get(state.entry.callId) : null;
  const isRinging = held?.view.people.some((person) => person.ring?.state === 'ringing');
  return isRinging && held && held.receivedAt >= state.wokeAt ? 'ringback' : null;
}

/** A window closes at its deadline by itself, also when no word comes from the server. */
function watchDeadline(kit: Kit, now: number) {
  const deadlines = [...kit.get().store.calls.values()].flatMap((held) => ringMsLeft(held, now) ?? []);
  const next = Math.min(...deadlines.filter((ms) => ms > 0));
  if (!Number.isFinite(next)) return;
  kit.later('deadline', next + 5, () => kit.set({ deadlinesPassed: kit.get().deadlinesPassed + 1 }));
}

/** How long the card of an ended call stays without focus or pointer in it, in milliseconds. */
const endedCardMs = 8000;

/** The card goes away by itself some seconds after its call ended, or after it was let go of. */
function keepEnded(kit: Kit): (ended: EndedCall | null) => void {
  let seen: EndedCall | null = null;
  return (ended) => {
    if (ended === seen) return;
    seen = ended;
    kit.later('ended', endedCardMs, () => {
      if (ended && !ended.isHeld && kit.get().ended === ended) kit.set({ ended: null });
    });
  };
}
