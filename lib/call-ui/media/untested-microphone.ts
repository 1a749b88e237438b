import { LocalAudioTrack } from 'livekit-client';

/**
 * A microphone without LiveKit's test for silence, which opens two audio contexts on the way to the first sound and of
 * which the kit shows nothing.
 */
export class UntestedMicrophone extends LocalAudioTrack {
  override checkForSilence() {
    return Promise.resolve(false);
  }
}
