import 'server-only';
import { formatIdentity, type MediaIdentity, type MediaServer } from '@/lib/media/media-server';

/**
 * LiveKit's share of what has been committed: rooms to delete and connections to remove. Each request is
 * sent at once; commands start it and return without waiting. A request that fails is repeated by the
 * reconciler: it deletes the rooms named by `closing` and removes who is not entitled.
 */
export type MediaWork = {
  /** Rejects with MediaUnavailable; `closing` names the room until LiveKit's list lacks it. */
  deleteRoom(name: string): Promise<void>;
  /** Rejects with MediaUnavailable. */
  removeParticipant(room: string, identity: MediaIdentity): Promise<void>;
  /**
   * Resolves once no removal of this identity is under way. A token must wait for it: the same tab that
   * enters again would be cut off by the removal of its earlier connection.
   */
  whenRemoved(room: string, identity: MediaIdentity): Promise<void>;
  /** Rooms that were deleted, or were to be, and may still exist. */
  closing(): string[];
  /** LiveKit's list lacks this room. */
  confirmDeleted(name: string): void;
  /** Another server process compares calls with LiveKit: its sweeps delete what is left. */
  forgetClosing(): void;
};

/** One per process, in `deps`; `media` is asked for at each request. */
export function makeMediaWork(media: () => MediaServer): MediaWork {
  const closing = new Set<string>();
  const removals = new Map<string, Promise<void>>();
  const keyOf = (room: string, identity: MediaIdentity) => `${room} ${formatIdentity(identity)}`;
  return {
    async deleteRoom(name) {
      closing.add(name);
      await media().deleteRoom(name);
    },
    async removeParticipant(room, identity) {
      const key = keyOf(room, identity);
      const removal = media().removeParticipant(room, identity);
      const settled = Promise.allSettled([removal, removals.get(key)]).then(() => {
        if (removals.get(key) === settled) removals.delete(key);
      });
      removals.set(key, settled);
      await removal;
    },
    whenRemoved: async (room, identity) => removals.get(keyOf(room, identity)),
    closing: () => [...closing],
    confirmDeleted: (name) => void closing.delete(name),
    forgetClosing: () => closing.clear(),
  };
}
