import type { Attention, RingingHint } from '../attention';
import { amIn, ringMsLeft } from '../call-store';
import { clockNow, onWake, wokeAt } from '../clock';
import type { WantedSound } from '../sound/call-sound';
import type { FirstWords } from '../words/ready-words';
import { phaseOf } from './describe-call';
import type { Kit } from './kit';
import { incomingCalls, type KitState, ownCall, ringerOf } from './kit-state';
import type { EndedCall } from './owners/cards';
import { wordsIn } from './owners/language';

type EffectOwners = Pick<Kit, 'afterPaint' | 'alerts' | 'cards' | 'state' | 'tab' | 'timers'>;

/** Keeps sound, tab title, wake lock and deadlines in step with the state. */
export function runStateEffects(kit: EffectOwners, attention: Attention): () => void {
  let seen: KitState | null = null;
  let hint: RingingHint | null = null;
  let isDue = false;
  /** The window of a ring is painted before the title, the icon and the notification; they end at once with it. */
  const showOutside = (next: RingingHint | null) => {
    hint = next;
    if (next === null) attention.ring(null);
    if (next === null || isDue) return;
    isDue = true;
    kit.afterPaint(() => {
      isDue = false;
      attention.ring(hint);
    });
  };
  const dismissLater = dismissEndedLater(kit);
  const apply = () => {
    const state = kit.state.get();
    if (state === seen) return;
    seen = state;
    const now = clockNow();
    const rings = incomingCalls(state, now);
    kit.alerts.want(
      wantedSound(state, now),
      rings.flatMap(({ view }) => view.myRing?.id ?? []),
    );
    const top = rings[0]?.view;
    const title = ringingTitle(state, now, wordsIn(state));
    showOutside(top && title ? { callId: top.id, title, isTitleShown: state.titleOwners > 0 } : null);
    attention.keepAwake(state.entry !== null);
    watchDeadline(kit, now);
    dismissLater(state.ended);
  };
  apply();
  const stops = [kit.state.subscribe(apply), onWake(() => kit.tab.markWoke(wokeAt()))];
  return () => {
    hint = null;
    for (const stop of stops) stop();
  };
}

/** "Alice is calling" while a call rings here, else null. */
export function ringingTitle(state: KitState, now: number, { incoming }: FirstWords): string | null {
  const top = incomingCalls(state, now)[0]?.view;
  const caller = top ? ringerOf(top) : null;
  return caller ? incoming.away({ name: caller.displayName }) : null;
}

/** One ringtone at a time; during a call a ring is one soft tone; the caller hears ringback. */
function wantedSound(state: KitState, now: number): WantedSound {
  const rings = incomingCalls(state, now).length > 0;
  const isTalking = state.entry !== null || [...state.store.calls.values()].some(({ view }) => amIn(view));
  if (rings) return isTalking ? 'soft-tone' : 'ringtone';
  const held = ownCall(state);
  if (phaseOf(state, held) !== 'outgoing') return null;
  const isRinging = held?.view.people.some((person) => person.ring?.state === 'ringing');
  return isRinging && held && held.receivedAt >= state.wokeAt ? 'ringback' : null;
}

/** Closes an incoming window at the ring's deadline, also while the server cannot be reached. */
function watchDeadline({ state, tab, timers }: EffectOwners, now: number) {
  const deadlines = [...state.get().store.calls.values()].flatMap((held) => ringMsLeft(held, now) ?? []);
  const next = Math.min(...deadlines.filter((ms) => ms > 0));
  if (Number.isFinite(next)) timers.later('deadline', next + 5, tab.passDeadline);
}

/** How long the card of an ended call stays without focus or pointer in it, in milliseconds. */
const endedCardMs = 8000;

/** Dismisses the card some seconds after its call ended, or after focus and pointer have left it. */
function dismissEndedLater({ cards, state, timers }: EffectOwners): (ended: EndedCall | null) => void {
  let seen: EndedCall | null = null;
  return (ended) => {
    if (ended === seen) return;
    seen = ended;
    timers.later('ended', endedCardMs, () => {
      if (ended && !ended.isHeld && state.get().ended === ended) cards.dismissEnd();
    });
  };
}
