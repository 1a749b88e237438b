import type { CallRoom, RoomState } from '../../media/media-types';
import type { Cell } from '../state-store';

export type OpenRoomState = { room: RoomState | null };

export const firstConnection: OpenRoomState = { room: null };

/** The one connection to the media of a call. */
export type Connection = {
  current(): CallRoom | null;
  /**
   * Replaces the connection by this one.
   *
   * @param onChange called for each change of the room while it is the current one, with its state before
   */
  open(room: CallRoom, onChange: (state: RoomState, before: RoomState | null) => void): void;
  /** Closes the connection and every device at once. */
  close(): void;
};

export function createConnection(cell: Cell<OpenRoomState>): Connection {
  let current: CallRoom | null = null;
  let unsubscribe: (() => void) | null = null;

  function close() {
    unsubscribe?.();
    unsubscribe = null;
    current?.close();
    current = null;
    cell.set({ room: null });
  }

  return {
    current: () => current,
    open(room, onChange) {
      close();
      current = room;
      unsubscribe = room.subscribe(() => {
        if (current !== room) return;
        const before = cell.get().room;
        const state = room.state();
        cell.set({ room: state });
        onChange(state, before);
      });
      cell.set({ room: room.state() });
    },
    close,
  };
}
