import { type Room, RoomEvent } from 'livekit-client';

export type Listening = {
  begin(): void;
  /** In the room before the person has accepted, or before the server has permitted them to take part. */
  isListening(): boolean;
  /** Nothing is heard here before the person has accepted, whatever the other side sends. */
  isHushed(): boolean;
  /** Resolves with whether the server permitted it; never by itself while the connection stands. */
  takePart(): Promise<boolean>;
  /** The connection has ended. */
  end(): void;
};

/**
 * The connection of a callee while it rings: hidden, without permission to publish, and silent here. Once the person
 * has accepted it is heard, and takes part as soon as the server permits.
 *
 * @param parts `heard` is called once it may be heard, `admitted` once it takes part
 */
export function createListening(room: Room, parts: { heard: () => void; admitted: () => void }): Listening {
  let stage: 'none' | 'hushed' | 'waiting' = 'none';
  let settle = (_isPermitted: boolean) => {};
  const permitted = new Promise<boolean>((resolve) => {
    settle = resolve;
  });

  function look() {
    if (stage !== 'waiting' || room.localParticipant.permissions?.canPublish !== true) return;
    stage = 'none';
    room.off(RoomEvent.ParticipantPermissionsChanged, look);
    settle(true);
    parts.admitted();
  }

  return {
    isListening: () => stage !== 'none',
    isHushed: () => stage === 'hushed',
    begin() {
      stage = 'hushed';
      room.on(RoomEvent.ParticipantPermissionsChanged, look);
    },
    takePart() {
      if (stage === 'hushed') {
        stage = 'waiting';
        parts.heard();
        look();
      }
      return permitted;
    },
    end: () => settle(false),
  };
}
