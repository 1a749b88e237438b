import type { CallPreferences } from '../preferences';
import { notifyDeviceAllowed } from './allowed-devices';
import { type DeviceProblem, deviceProblemOf } from './device-problem';

export type MicrophoneAnswer = { track: MediaStreamTrack } | { problem: DeviceProblem };

/** What of the preferences a microphone depends on. */
export type VoicePreferences = Pick<
  CallPreferences,
  'microphoneId' | 'noiseSuppression' | 'echoCancellation'
>;

/** Asks for the microphone; called from the click, beside the request to the server. Never rejects. */
export async function requestMicrophone(preferences: VoicePreferences): Promise<MicrophoneAnswer> {
  const devices = globalThis.navigator?.mediaDevices;
  if (!devices?.getUserMedia) return { problem: 'insecure' };
  const { microphoneId, noiseSuppression, echoCancellation } = preferences;
  try {
    const stream = await devices.getUserMedia({
      audio: {
        ...(microphoneId ? { deviceId: { ideal: microphoneId } } : {}),
        noiseSuppression,
        echoCancellation,
        autoGainControl: true,
      },
    });
    const track = stream.getAudioTracks()[0];
    if (!track) return { problem: 'missing' };
    notifyDeviceAllowed();
    return { track };
  } catch (error) {
    return { problem: deviceProblemOf(error) };
  }
}
