import { type CallEvent, useCallPlace } from '@parley/call-kit';
import { useSyncExternalStore } from 'react';
import { useMyId } from '../_store/hooks';
import { pushAbility } from './push-ability';
import { isOwnPush } from './push-owner';

/** That this browser was asked, whatever the answer: it is asked once. */
const askedKey = 'parley-push-offer';

const listeners = new Set<() => void>();
let hasCalled = false;

function setCalled(next: boolean): void {
  hasCalled = next;
  for (const listener of listeners) listener();
}

/** After a call, or one that was missed, the person knows what ringing is good for: only then it is offered. */
export function noteCallEvent({ type }: CallEvent): void {
  if (type === 'ended' || type === 'missed') setCalled(true);
}

export function putOfferAway(): void {
  try {
    localStorage.setItem(askedKey, 'asked');
  } catch {
    // Where nothing can be kept it is asked once for each page.
  }
  setCalled(false);
}

/** Whether to offer now that calls ring in this browser while Parley is closed. */
export function useIsPushOfferDue(): boolean {
  const myId = useMyId();
  const isInCall = useCallPlace().place !== null;
  const isDue = useSyncExternalStore(
    subscribe,
    () => hasCalled && canBeOffered(myId),
    () => false,
  );
  return isDue && !isInCall;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function canBeOffered(myId: string): boolean {
  try {
    if (localStorage.getItem(askedKey) !== null) return false;
  } catch {
    return false;
  }
  return pushAbility() === 'possible' && Notification.permission !== 'denied' && !isOwnPush(myId);
}
