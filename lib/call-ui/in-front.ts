/**
 * Whether the person is at this page: it can be seen and has the keyboard. A window that stands visible beside the
 * one in use is not in front: what happens in it is easily missed.
 */
export function isInFront(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

const windowEvents = ['focus', 'blur'] as const;

/** Calls back when that may have changed. */
export function onInFront(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  for (const type of windowEvents) globalThis.addEventListener(type, listener);
  return () => {
    document.removeEventListener('visibilitychange', listener);
    for (const type of windowEvents) globalThis.removeEventListener(type, listener);
  };
}

/** Whether this window is in front, and when that may have changed. */
export type Front = { isInFront(): boolean; onChange(listener: () => void): () => void };

/** As the browser says it. */
export const browserFront: Front = { isInFront, onChange: onInFront };
