import { useSyncExternalStore } from 'react';
import { isInFront, onInFront } from '../in-front';

/** On the server: a page that has not reached a browser is not in front. */
const notYet = () => false;

/**
 * Whether the person is at this page: its window is visible and has the keyboard.
 *
 * @example
 * const isSeen = useIsInFront() && isAtNewestMessage;
 */
export function useIsInFront(): boolean {
  return useSyncExternalStore(onInFront, isInFront, notYet);
}
