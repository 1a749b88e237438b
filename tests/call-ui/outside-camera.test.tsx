import { LocalVideoTrack, ParticipantEvent, Track } from 'livekit-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRoomCamera } from '@/lib/call-ui/media/room-camera';
import { roomWith, streamTrack, stubMedia } from './support/livekit-tracks';

beforeEach(stubMedia);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A room whose camera LiveKit's own toggle, or the app, is about to send. */
async function outsideCamera({ isBlurred }: { isBlurred: boolean }) {
  const room = roomWith();
  const withdrawn: unknown[] = [];
  vi.spyOn(room.localParticipant, 'unpublishTrack').mockImplementation(async (track) => {
    withdrawn.push(track);
    return undefined;
  });
  const camera = createRoomCamera(
    room,
    isBlurred,
    async () => {},
    () => {},
  );
  const track = new LocalVideoTrack(streamTrack('video'), undefined, false);
  track.source = Track.Source.Camera;
  // LiveKit's constructor goes on for some turns.
  await new Promise((resolve) => setTimeout(resolve));
  const isShown = () => track.mediaStreamTrack.enabled;
  const send = () => room.localParticipant.emit(ParticipantEvent.LocalSenderCreated, fakeSender(), track);
  return { room, camera, track, withdrawn, isShown, send };
}

/** The first use of the blur loads it. */
const importsWithin = { timeout: 4000 };
const fakeSender = () => ({}) as RTCRtpSender;

test('while the blur is chosen, a camera that is switched on outside the kit is black until it is blurred', async () => {
  const { track, isShown, send, withdrawn } = await outsideCamera({ isBlurred: true });
  const blurred = Promise.withResolvers<void>();
  const setProcessor = vi.spyOn(track, 'setProcessor').mockReturnValue(blurred.promise);
  send();
  expect(isShown()).toBe(false);
  await vi.waitFor(() => expect(setProcessor).toHaveBeenCalledOnce(), importsWithin);
  expect(isShown()).toBe(false);
  blurred.resolve();
  await vi.waitFor(() => expect(isShown()).toBe(true));
  expect(withdrawn).toEqual([]);
});

test('a camera that is switched on outside the kit and can’t be blurred is withdrawn unseen, and the notice says why', async () => {
  const { camera, track, isShown, send, withdrawn } = await outsideCamera({ isBlurred: true });
  vi.spyOn(track, 'setProcessor').mockRejectedValue(new Error('no WebGL'));
  send();
  await vi.waitFor(() => expect(withdrawn).toEqual([track]), importsWithin);
  expect(isShown()).toBe(false);
  expect(camera.blurProblem()).toBe('unavailable');
});

test('without the blur a camera that is switched on outside the kit is sent as it is', async () => {
  const { track, isShown, send } = await outsideCamera({ isBlurred: false });
  const setProcessor = vi.spyOn(track, 'setProcessor');
  send();
  expect(isShown()).toBe(true);
  expect(setProcessor).not.toHaveBeenCalled();
});

test('a muted camera without the blur is withdrawn when the blur is chosen: LiveKit’s toggle would show it clear', async () => {
  const { room, camera, track, withdrawn } = await outsideCamera({ isBlurred: false });
  vi.spyOn(track, 'isMuted', 'get').mockReturnValue(true);
  vi.spyOn(room.localParticipant, 'getTrackPublication').mockReturnValue({
    videoTrack: track,
  } as unknown as ReturnType<typeof room.localParticipant.getTrackPublication>);
  await camera.setBlur(true);
  expect(withdrawn).toEqual([track]);
});
