import { useCallback } from 'react';
import { useController } from '../controller-context';
import { useKitState } from './use-kit';

/** The way into the sound check, without what it measures. */
export type SoundCheckToggle = {
  isOpen: boolean;
  /** Null without a connection, when there is nothing to check, and where the app does without. */
  open: (() => void) | null;
};

/**
 * Opens the sound check of the call this tab is in.
 *
 * @example
 * const { open } = useSoundCheckToggle();
 * return open && <button onClick={open}>They can’t hear me</button>;
 */
export function useSoundCheckToggle(): SoundCheckToggle {
  const { kit } = useController();
  const isOpen = useKitState(({ hearing }) => hearing !== null);
  const isConnected = useKitState(({ room }) => room?.connection === 'connected');
  const open = useCallback(() => kit.hearing.open('they'), [kit]);
  return { isOpen, open: isConnected && kit.features.soundCheck ? open : null };
}
