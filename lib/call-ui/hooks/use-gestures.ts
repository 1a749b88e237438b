import type { Person, Reaction } from '@parley/call-protocol';
import { useMemo } from 'react';
import { react, toggleHand } from '../controller/gestures';
import { ownCall } from '../controller/kit-state';
import { useController } from '../controller-context';
import { useKitState } from './use-kit';

/** Raised hands and reactions of the call this tab is in. */
export type GesturesState = {
  isHandRaised: boolean;
  /** Null where the app does without hands. */
  toggleHand: (() => void) | null;
  /** Null where the app does without reactions. */
  react: ((reaction: Reaction) => void) | null;
  /** Whose hands are raised, the first one first; this person included. */
  hands: readonly Person[];
  /** What is on the screen now, oldest first. */
  reactions: readonly { id: number; person: Person; reaction: Reaction }[];
};

/**
 * Raised hands and reactions of the call this tab is in.
 *
 * @example
 * const { hands, react } = useGestures();
 */
export function useGestures(): GesturesState {
  const { kit } = useController();
  const view = useKitState((state) => ownCall(state)?.view ?? null);
  const shown = useKitState((state) => state.reactions);
  return useMemo(() => {
    const people = view?.people ?? [];
    const hands = people
      .filter(({ participation }) => (participation?.handPlace ?? null) !== null)
      .sort((a, b) => (a.participation?.handPlace ?? 0) - (b.participation?.handPlace ?? 0))
      .map(({ user }) => user);
    const reactions = shown.flatMap(({ id, userId, reaction }) => {
      const person = people.find(({ user }) => user.id === userId)?.user;
      return person ? [{ id, person, reaction }] : [];
    });
    const isHandRaised = hands.some(({ id }) => id === view?.viewerId);
    return {
      isHandRaised,
      toggleHand: kit.features.hands ? () => void toggleHand(kit) : null,
      react: kit.features.reactions ? (reaction) => void react(kit, reaction) : null,
      hands,
      reactions,
    };
  }, [view, shown, kit]);
}
