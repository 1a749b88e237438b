import { ParticipantEvent, type RemoteParticipant, RoomEvent, type Track } from 'livekit-client';
import { expect, test, vi } from 'vitest';
import { createHeldBack } from '@/lib/call-ui/media/held-back';
import { roomWith } from './support/livekit-tracks';

function held(...identities: string[]) {
  const room = roomWith(...identities);
  room.localParticipant.identity = 'alice.tab1';
  const allow = vi
    .spyOn(room.localParticipant, 'setTrackSubscriptionPermissions')
    .mockImplementation(() => {});
  const released = vi.fn();
  const heldBack = createHeldBack(room, released);
  heldBack.hold();
  const join = (identity: string) => {
    const participant = { identity } as RemoteParticipant;
    room.remoteParticipants.set(identity, participant);
    room.emit(RoomEvent.ParticipantConnected, participant);
  };
  return { room, allow, released, heldBack, join };
}

const camera = { source: 'camera' } as Track;

test('it ends with the first other person in the room, and not with a device of one’s own', () => {
  const { heldBack, released, join } = held();
  join('alice.tab2');
  expect(heldBack.isHeld()).toBe(true);
  join('bob.tab1');
  expect(heldBack.isHeld()).toBe(false);
  heldBack.release();
  expect(released).toHaveBeenCalledTimes(1);
});

test('a person who is there already when it connects ends it, too', () => {
  const { room, heldBack } = held('bob.tab1');
  room.emit(RoomEvent.Connected);
  expect(heldBack.isHeld()).toBe(false);
});

test('whatever else is sent meanwhile, a camera or a screen, no one may receive anything until it ends', () => {
  const { room, allow, heldBack } = held();
  room.localParticipant.emit(ParticipantEvent.LocalSenderCreated, {} as RTCRtpSender, camera);
  expect(allow.mock.calls).toEqual([[false]]);
  heldBack.release();
  expect(allow.mock.calls).toEqual([[false], [true]]);
  room.localParticipant.emit(ParticipantEvent.LocalSenderCreated, {} as RTCRtpSender, camera);
  expect(allow).toHaveBeenCalledTimes(2);
});
