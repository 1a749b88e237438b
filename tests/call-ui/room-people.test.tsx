import { LocalVideoTrack } from 'livekit-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { peopleIn } from '@/lib/call-ui/media/room-people';
import { roomWith, streamTrack, stubMedia } from './support/livekit-tracks';

beforeEach(stubMedia);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

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
  const picture = () => peopleIn(room).get('user_alice')?.camera;

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
