import type { CallRoom } from '../../media/media-types';

/** A ring, and the call that rings. */
export type RingOfCall = { callId: string; ringId: string };

type Held = { ring: RingOfCall; room: CallRoom; chosen: string; isUp: boolean };

/** The one room in which this tab may listen while it rings, so that accepting need not connect first. */
export type EarlyRoom = {
  /** The ring that a room is held for. */
  ring(): RingOfCall | null;
  /**
   * Connects, and holds the room until it is taken, closed, or lost.
   *
   * @param chosen what the room was made with, as text
   */
  hold(ring: RingOfCall, room: CallRoom, chosen: string, connecting: Promise<void>): void;
  /**
   * Hands the room over to the call; null when none is up for it, or it was made with other choices than these. What is
   * not handed over is closed.
   */
  take(callId: string | null, chosen: string): CallRoom | null;
  /** Leaves the room at once. */
  close(): void;
};

export function createEarlyRoom(): EarlyRoom {
  let held: Held | null = null;

  function close() {
    const { room } = held ?? {};
    held = null;
    room?.close();
  }

  return {
    ring: () => held?.ring ?? null,
    hold(ring, room, chosen, connecting) {
      close();
      const mine: Held = { ring, room, chosen, isUp: false };
      held = mine;
      connecting.then(
        () => {
          mine.isUp = true;
        },
        () => held === mine && close(),
      );
      room.subscribe(() => {
        if (held === mine && room.state().connection === 'disconnected') close();
      });
    },
    take(callId, chosen) {
      const mine = held;
      if (mine?.isUp && mine.ring.callId === callId && mine.chosen === chosen) {
        held = null;
        return mine.room;
      }
      close();
      return null;
    },
    close,
  };
}
