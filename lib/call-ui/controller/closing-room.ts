import type { Kit } from './kit';

/** Closes the connection and every device at once. */
export function closeRoom(kit: Kit): void {
  kit.unwatchRoom?.();
  kit.unwatchRoom = null;
  kit.room?.close();
  kit.room = null;
  kit.set({ room: null });
}
