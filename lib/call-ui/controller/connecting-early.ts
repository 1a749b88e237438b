import type { MediaAccess } from '@parley/call-protocol';
import { holdLock } from '../between-tabs';
import { amIn, ringMsLeft } from '../call-store';
import { clockNow } from '../clock';
import { isInFront } from '../in-front';
import { readPreferences } from '../preferences';
import type { Kit } from './kit';
import type { KitState } from './kit-state';
import type { RingOfCall } from './owners/early-room';
import { type WaitOwners, whileRinging } from './repeating';

type ConnectingOwners = WaitOwners & Pick<Kit, 'client' | 'earlyRoom' | 'loadMedia' | 'tab'>;

/** How long a tab in front has to ask first, in milliseconds. */
const frontFirstMs = 400;

/**
 * Confirms a ring whose window is shown here. For a direct call one tab of this browser joins its room meanwhile, hidden
 * and subscribing only: the tab in front, else the first of the others. Never rejects; a refusal means that the ring has
 * ended.
 */
export async function confirmRing(kit: ConnectingOwners, ring: RingOfCall): Promise<void> {
  const { client, timers } = kit;
  try {
    if (mayPreconnect(kit, ring) && isInFront()) {
      await connectEarly(kit, ring);
      return;
    }
    await whileRinging(kit, ring, 'confirm', () => client.confirmRinging(ring.callId));
    if (mayPreconnect(kit, ring))
      timers.later(
        `early-${ring.ringId}`,
        frontFirstMs,
        () => void connectAsFirst(kit, ring).catch(() => {}),
      );
  } catch {
    // The ring has ended.
  }
}

/** Leaves a room that is held for a ring as soon as that ring does not ring here any more. */
export function watchEarlyRoom(kit: Pick<Kit, 'earlyRoom' | 'state'>): () => void {
  return kit.state.subscribe(() => {
    const ring = kit.earlyRoom.ring();
    if (ring && !isRinging(kit.state.get(), ring)) kit.earlyRoom.close();
  });
}

/** Text that differs when a room would be made otherwise. */
export const roomChoices = () => JSON.stringify(readPreferences());

/** A connection that costs the person money, or is slow, carries nothing that they have not asked for. */
const isMetered = () =>
  Reflect.get(Reflect.get(globalThis.navigator ?? {}, 'connection') ?? {}, 'saveData') === true;

function mayPreconnect({ client, earlyRoom, loadMedia, state }: ConnectingOwners, ring: RingOfCall): boolean {
  const now = state.get();
  const isDirect = now.store.calls.get(ring.callId)?.view.conversation.kind === 'direct';
  const isFree = earlyRoom.ring() === null && ![...now.store.calls.values()].some(({ view }) => amIn(view));
  const isAble = client.preconnect !== undefined && loadMedia.preconnects === true;
  return isAble && isDirect && isFree && isRinging(now, ring) && !isMetered();
}

/** Rings here, unanswered by either side: an accept that is under way takes the room over. */
function isRinging({ answering, entry, store, wokeAt }: KitState, { callId, ringId }: RingOfCall): boolean {
  const held = store.calls.get(callId);
  if (!held || held.receivedAt < wokeAt || answering.get(ringId) === 'declining') return false;
  const { status, myRing } = held.view;
  if (status !== 'ringing' || myRing?.id !== ringId || myRing.isQuiet) return false;
  return (entry === null || entry.callId === callId) && (ringMsLeft(held, clockNow()) ?? 0) > 0;
}

async function connectAsFirst(kit: ConnectingOwners, ring: RingOfCall) {
  const locks = globalThis.navigator?.locks;
  if (!locks) return connectEarly(kit, ring);
  const waiting = new AbortController();
  const stop = kit.state.subscribe(() => isRinging(kit.state.get(), ring) || waiting.abort());
  const untilEnd = async () => {
    if (!mayPreconnect(kit, ring)) return;
    await connectEarly(kit, ring);
    await new Promise<void>((resolve) => {
      if (waiting.signal.aborted) resolve();
      else waiting.signal.addEventListener('abort', () => resolve());
    });
  };
  const end = await holdLock(locks, `parley-early:${ring.ringId}`, { signal: waiting.signal }, untilEnd);
  stop();
  if (end === 'refused') await connectEarly(kit, ring);
}

async function connectEarly(kit: ConnectingOwners, ring: RingOfCall) {
  const clientId = await kit.tab.clientId();
  const ask = async () => (await kit.client.preconnect?.(ring.callId, { clientId })) ?? null;
  const access = await whileRinging(kit, ring, 'confirm', ask);
  if (access) await listen(kit, ring, access);
}

async function listen(kit: ConnectingOwners, ring: RingOfCall, access: MediaAccess) {
  const { createCallRoom } = await kit.loadMedia();
  // Accepted, ended, or answered meanwhile: the call connects as it does without.
  if (kit.state.get().entry !== null || !mayPreconnect(kit, ring)) return;
  const room = createCallRoom(readPreferences());
  if (room.listen) kit.earlyRoom.hold(ring, room, roomChoices(), room.listen(access));
  else room.close();
}
