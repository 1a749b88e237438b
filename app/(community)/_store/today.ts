'use client';

import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

const startOfToday = () => new Date().setHours(0, 0, 0, 0);

/** Waits for the reader's midnight. Days of 23 and 25 hours end when the calendar says so. */
function waitForTomorrow(): void {
  const now = new Date();
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  timer = setTimeout(() => {
    waitForTomorrow();
    for (const listener of listeners) listener();
  }, tomorrow.getTime() - now.getTime());
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) waitForTomorrow();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearTimeout(timer);
  };
}

/**
 * Renders again when a day begins, so that "Today" and times without a day stay true in a window that is open overnight.
 *
 * @returns the first millisecond of the reader's day
 */
export const useToday = (): number => useSyncExternalStore(subscribe, startOfToday, startOfToday);
