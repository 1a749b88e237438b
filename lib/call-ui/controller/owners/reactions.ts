import type { Reaction } from '@parley/call-protocol';
import type { Cell } from '../state-store';

/** A reaction that is on the screen now. */
export type ShownReaction = { id: number; userId: string; reaction: Reaction };

export type ReactionsState = { reactions: readonly ShownReaction[] };

export const firstReactions: ReactionsState = { reactions: [] };

/** More at once would hide the call. */
const mostShown = 12;

/** The reactions on the screen, oldest first. */
export type Reactions = {
  /** @returns the id by which it is removed */
  add(userId: string, reaction: Reaction): number;
  remove(id: number): void;
};

export function createReactions(cell: Cell<ReactionsState>): Reactions {
  let lastId = 0;
  return {
    add(userId, reaction) {
      lastId += 1;
      cell.set({ reactions: [...cell.get().reactions, { id: lastId, userId, reaction }].slice(-mostShown) });
      return lastId;
    },
    remove: (id) => cell.set({ reactions: cell.get().reactions.filter((one) => one.id !== id) }),
  };
}
