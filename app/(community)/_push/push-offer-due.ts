import type { CallEvent } from '@parley/call-kit';
import { useSyncExternalStore } from 'react';

// All that a page loads of the offer at first; the rest comes with its first call.
const listeners = new Set<() => void>();
let hasCalled = false;

function setCalled(next: boolean): void {
  hasCalled = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** After a call, or one that was missed, the person knows what ringing is good for: only then it is offered. */
export function noteCallEvent({ type }: CallEvent): void {
  if (type === 'ended' || type === 'missed') setCalled(true);
}

/** The offer was answered. */
export const forgetCalls = (): void => setCalled(false);

/** Whether a call ended or was missed in this page. */
export const useHasCalled = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => hasCalled,
    () => false,
  );
