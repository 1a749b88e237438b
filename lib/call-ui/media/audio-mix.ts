import { createSpeakerOutput } from '../sound/speaker-output';

/** The voices of one call, mixed by Web Audio instead of played by one element each. */
export type AudioMix = {
  /** For LiveKit's `webAudioMix`. */
  context: AudioContext;
  /** @throws when the speaker can't be used; then the system's one is */
  chooseSpeaker(speakerId: string): Promise<void>;
  close(): void;
};

/** Safari, and every browser on iOS: those call themselves CriOS, FxiOS and so on. */
const webKit = /applewebkit(?!.*(chrom|android))/i;

/**
 * A mix, where elements are not enough: on iOS the volume of an element can't be set
 * (https://developer.apple.com/library/archive/documentation/AudioVideo/Conceptual/Using_HTML5_Audio_Video/Device-SpecificConsiderations/Device-SpecificConsiderations.html),
 * and in no Safari does LiveKit choose the speaker of an element. Null in every other browser: there elements keep
 * echo cancellation and the speaker in the browser's own hands.
 */
export function createAudioMix(speakerId: string): AudioMix | null {
  if (typeof AudioContext === 'undefined' || !webKit.test(navigator.userAgent)) return null;
  const context = new AudioContext();
  const output = createSpeakerOutput(context);
  // LiveKit connects every voice to `destination`, which Safari can't send to a speaker of choice.
  Object.defineProperty(context, 'destination', { value: output.input });
  // When the speaker was unplugged the output has fallen back to the system's.
  if (speakerId) void output.choose(speakerId).catch(() => {});
  return {
    context,
    chooseSpeaker: output.choose,
    close() {
      output.close();
      void context.close().catch(() => {});
    },
  };
}
