import type { CallPreferences } from '../preferences';

/**
 * `refused`: the person or the browser said no. `missing`: there is none. `busy`: another program has
 * it. `insecure`: the page is on plain http, where the browser has no microphone at all.
 */
export type MicrophoneProblem = 'refused' | 'missing' | 'busy' | 'insecure';
export type MicrophoneAnswer = { track: MediaStreamTrack } | { problem: MicrophoneProblem };

/** Asks for the microphone; called from the click, beside the request to the server. Never rejects. */
export async function requestMicrophone(
  preferences: Pick<CallPreferences, 'microphoneId' | 'noiseSuppression' | 'echoCancellation'>,
): Promise<MicrophoneAnswer> {
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
    return track ? { track } : { problem: 'missing' };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'NotAllowedError' || name === 'SecurityError') return { problem: 'refused' };
    return { problem: name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'missing' };
  }
}
