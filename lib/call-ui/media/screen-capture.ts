import type { ScreenShareCaptureOptions } from 'livekit-client';

/**
 * What is asked for when a screen is shared, so that no participant hears their own voice in it. The system's
 * sound holds the voices of this call: `restrictOwnAudio` leaves out what this page plays (Chrome and Edge 141), and a
 * browser that can't do so is not asked for the system's sound; another tab's sound is shared in each of them. This
 * tab, whose sound is the call, is not offered.
 *
 * `suppressLocalAudioPlayback` stays off: who shares a tab with sound listens to it with the others.
 */
export function screenCaptureOptions(devices: MediaDevices): ScreenShareCaptureOptions {
  const canLeaveOut = 'restrictOwnAudio' in devices.getSupportedConstraints();
  return {
    audio: canLeaveOut ? { restrictOwnAudio: true } : true,
    selfBrowserSurface: 'exclude',
    systemAudio: canLeaveOut ? 'include' : 'exclude',
  };
}
