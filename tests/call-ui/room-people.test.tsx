import { useCall } from '@parley/call-kit';
import { act, cleanup, screen } from '@testing-library/react';
import { LocalVideoTrack, RoomEvent } from 'livekit-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { peopleIn } from '@/lib/call-ui/media/room-people';
import { watchArrivals } from '@/lib/call-ui/media/watch-arrivals';
import { roomWith, streamTrack, stubMedia } from './support/livekit-tracks';
import { talking } from './support/page';
import { activeView, alice, bob, line } from './support/views';

beforeEach(stubMedia);
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function States() {
  return useCall().people.map(({ person, state }) => (
    <p key={person.id}>{`${person.displayName}: ${state}`}</p>
  ));
}

test('the own picture is mirrored while the front camera is used, through a flip, a mute and another device', () => {
  const room = roomWith();
  room.localParticipant.identity = 'user_alice.phone';
  const track = new LocalVideoTrack(streamTrack('video', '', 'user'), undefined, false);
  track.source = 'camera' as typeof track.source;
  let isMuted = false;
  vi.spyOn(room.localParticipant, 'getTrackPublication').mockImplementation((source) => {
    const publication = { track, isMuted } as unknown as ReturnType<
      typeof room.localParticipant.getTrackPublication
    >;
    return source === track.source ? publication : undefined;
  });
  /** LiveKit restarts the same track with another camera behind it. */
  const use = (facingMode?: string, label = '') =>
    vi.spyOn(track, 'mediaStreamTrack', 'get').mockReturnValue(streamTrack('video', label, facingMode));
  const picture = () => peopleIn(room, new Map()).get('user_alice')?.camera;

  expect(picture()?.isMirrored).toBe(true);
  expect(picture()).toBe(picture());
  use('environment');
  expect(picture()?.isMirrored).toBe(false);
  expect(picture()).toBe(picture());
  isMuted = true;
  expect(picture()).toBeNull();
  isMuted = false;
  expect(picture()?.isMirrored).toBe(false);
  use('user');
  expect(picture()?.isMirrored).toBe(true);
  use(undefined, 'Microsoft Camera Rear');
  expect(picture()?.isMirrored).toBe(false);
  use(undefined, 'HD Webcam');
  expect(picture()?.isMirrored).toBe(true);
});

test('a word about one person leaves the others, and the whole list when nothing changed, the same objects', () => {
  const room = roomWith('user_bob.phone', 'user_carol.desk');
  const isSpeaking = new Set<string>();
  for (const [identity, participant] of room.remoteParticipants)
    Object.defineProperties(participant, {
      isSpeaking: { get: () => isSpeaking.has(identity) },
      isMicrophoneEnabled: { value: true },
      connectionQuality: { value: 'good' },
      getTrackPublication: { value: () => undefined },
    });
  const before = peopleIn(room, new Map());
  expect(peopleIn(room, before)).toBe(before);
  isSpeaking.add('user_bob.phone');
  const after = peopleIn(room, before);
  expect(after.get('user_bob')?.isSpeaking).toBe(true);
  expect(after.get('user_carol')).toBe(before.get('user_carol'));
  room.remoteParticipants.delete('user_carol.desk');
  expect([...peopleIn(room, after).keys()]).toEqual(['user_bob']);
});

test('a participant without a microphone differs from a muted one, and not while they arrive', () => {
  vi.useFakeTimers();
  const room = roomWith('user_bob.phone', 'user_carol.desk', 'user_dave.desk');
  const microphones = new Set(['user_bob.phone']);
  for (const [identity, participant] of room.remoteParticipants)
    Object.defineProperties(participant, {
      isSpeaking: { value: false },
      isMicrophoneEnabled: { value: false },
      getTrackPublication: {
        value: (source: string) => (source === 'microphone' && microphones.has(identity) ? {} : undefined),
      },
    });
  const changed = vi.fn();
  const isArriving = watchArrivals(room, changed);
  const dave = room.remoteParticipants.get('user_dave.desk');
  if (dave) room.emit(RoomEvent.ParticipantConnected, dave);
  const heard = () => {
    const people = peopleIn(room, new Map(), isArriving);
    return ['user_bob', 'user_carol', 'user_dave'].map((id) => {
      const { isMuted, hasMicrophone } = people.get(id) ?? {};
      return { isMuted, hasMicrophone };
    });
  };
  const [muted, missing] = [
    { isMuted: true, hasMicrophone: true },
    { isMuted: true, hasMicrophone: false },
  ];
  expect(heard()).toEqual([muted, missing, { isMuted: false, hasMicrophone: true }]);
  expect(changed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2000);
  expect(changed).toHaveBeenCalledTimes(1);
  expect(heard()).toEqual([muted, missing, missing]);
  microphones.add('user_dave.desk');
  expect(heard()).toEqual([muted, missing, muted]);
});

test('a participant whom LiveKit shows is in the call, before the server knows it, too', async () => {
  const kit = await talking(<States />);
  const entering = line(bob, 'accepted', 'joined');
  const participation = entering.participation && { ...entering.participation, isConnecting: true };
  const people = [line(alice, null, 'joined'), { ...entering, participation }];
  await kit.say({ type: 'call', data: activeView({ revision: 9, people }) });
  expect(screen.getByText('Bob: connecting')).toBeTruthy();
  const shown = {
    isSpeaking: false,
    isMuted: false,
    hasMicrophone: true,
    quality: 'good',
    camera: null,
    screen: null,
  } as const;
  await act(async () => kit.rooms[0]?.change({ people: new Map([[bob.id, shown]]) }));
  expect(screen.getByText('Bob: in_call')).toBeTruthy();
});
