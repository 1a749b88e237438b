import type { Kit } from './kit';
import type { KitState } from './kit-state';

/** A call of which nothing is heard by then is shown all the same, in milliseconds since the press. */
const longestSilenceMs = 700;

/** What the media, the server's answer and the stream change by themselves while a call arrives. */
const quietPieces: ReadonlySet<string> = new Set<keyof KitState>([
  'answering',
  'conversations',
  'entry',
  'isRingerTurn',
  'isSoundBlocked',
  'leftIds',
  'me',
  'named',
  'room',
  'store',
  'users',
  'wantedSound',
]);

/**
 * Lets the first sound of a call that was accepted or joined precede everything that renders: until then the page
 * shows that it connects, as it does since the press, and what the call itself changes becomes one change afterwards.
 * Anything else is shown at once: a refusal, the end, another call, a switch that is pressed.
 *
 * @param show opens the call's conversation
 * @returns to be called with the first sound, and when there will be none
 */
export function soundFirst(
  kit: Pick<Kit, 'currentCall' | 'state' | 'timers'>,
  attempt: number,
  show: (conversationId: string) => void,
): () => void {
  const before = kit.state.get();
  const release = kit.state.hold((now) => isOnlyArriving(before, now));
  // Heard of a change: the page is not held any more.
  const stop = kit.state.subscribe(end);
  let isOver = false;

  function end() {
    if (isOver) return;
    isOver = true;
    stop();
    const { entry } = kit.state.get();
    const isStillThere = entry?.attempt === attempt;
    if (isStillThere) kit.currentCall.markArrived();
    release();
    if (isStillThere && entry.label.conversationId) show(entry.label.conversationId);
  }

  kit.timers.later('arrival', longestSilenceMs, end, release);
  return end;
}

function isOnlyArriving(before: KitState, now: KitState): boolean {
  const { entry } = now;
  if (!entry || entry.attempt !== before.entry?.attempt) return false;
  for (const key of Object.keys(now))
    if (!quietPieces.has(key) && !Object.is(Reflect.get(before, key), Reflect.get(now, key))) return false;
  const others = (state: KitState) => [...state.store.calls].filter(([id]) => id !== entry.callId);
  const known = others(before);
  return known.length === others(now).length && known.every(([id, held]) => now.store.calls.get(id) === held);
}
