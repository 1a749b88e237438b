import { RoomEvent } from 'livekit-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCallRoom } from '@/lib/call-ui/media/call-room';
import { stubMedia } from './support/livekit-tracks';

beforeEach(() => {
  vi.useFakeTimers();
  stubMedia();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function openRoom() {
  const room = createCallRoom({
    microphoneId: '',
    cameraId: '',
    speakerId: '',
    noiseSuppression: true,
    echoCancellation: true,
    noiseFilter: false,
    isBackgroundBlurred: false,
  });
  const listener = vi.fn();
  room.subscribe(listener);
  const { liveKitRoom } = room.state();
  if (!liveKitRoom) throw new Error('a room of LiveKit’s');
  return { room, listener, liveKitRoom };
}

test('the events of one frame are one change', () => {
  const { room, listener, liveKitRoom } = openRoom();
  liveKitRoom.emit(RoomEvent.ActiveSpeakersChanged, []);
  liveKitRoom.emit(RoomEvent.AudioPlaybackStatusChanged, true);
  liveKitRoom.emit(RoomEvent.ActiveSpeakersChanged, []);
  expect(listener).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20);
  expect(listener).toHaveBeenCalledTimes(1);
  room.close();
});

test('how the connection stands is never late, and takes along what was on its way', () => {
  const { room, listener, liveKitRoom } = openRoom();
  liveKitRoom.emit(RoomEvent.ActiveSpeakersChanged, []);
  room.close();
  expect([listener.mock.calls.length, room.state().connection]).toEqual([1, 'disconnected']);
  vi.advanceTimersByTime(20);
  expect(listener).toHaveBeenCalledTimes(1);
});
