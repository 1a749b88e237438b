import type { Page } from '@playwright/test';
import { Room } from 'livekit-server-sdk';

/** The kinds of a `SignalResponse` by their numbers, from 1 (livekit_rtc.proto). */
const kinds = [
  ...['', 'join', 'answer', 'offer', 'trickle', 'update', 'track_published', '', 'leave', 'mute'],
  ...['speakers_changed', 'room_update', 'connection_quality', 'stream_state_update'],
  ...['subscribed_quality_update', 'subscription_permission_update', 'refresh_token', 'track_unpublished'],
  ...['pong', 'reconnect', 'pong_resp', 'subscription_response', 'request_response', 'track_subscribed'],
];

export type RawSignal = {
  kind: string;
  /** The bytes as text: names and ids stand in them as they are. */
  text: string;
  /** How many people the room has by what it says; null where it says nothing about that. */
  roomSize: number | null;
};

/**
 * What LiveKit sends to this page's client, in order, by the names of its protocol.
 *
 * @returns what has come since the last look
 */
export function readRawSignals(page: Page): () => RawSignal[] {
  const signals: RawSignal[] = [];
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/rtc')) return;
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload !== 'string') signals.push(readSignal(payload));
    });
  });
  return () => signals.splice(0);
}

function readSignal(bytes: Uint8Array): RawSignal {
  const { number, content } = readField(bytes);
  const kind = kinds[number] ?? `field ${number}`;
  const roomSize =
    kind === 'room_update' ? Room.fromBinary(readField(content).content).numParticipants : null;
  return { kind, text: Buffer.from(bytes).toString('latin1'), roomSize };
}

/** The first field of a protobuf message, and the message in it. */
function readField(bytes: Uint8Array): { number: number; content: Uint8Array } {
  let at = 0;
  const readVarint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const number = readVarint() >> 3;
  const length = readVarint();
  return { number, content: bytes.subarray(at, at + length) };
}
