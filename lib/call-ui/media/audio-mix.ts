import { createSpeakerOutput } from '../sound/speaker-output';
import { isWebKit } from './web-kit';

/** The voices of one call that Web Audio plays instead of an element each. */
export type AudioMix = {
  /** Whether Web Audio plays every voice, and not only those that are louder than an element can be. */
  readonly hasEveryVoice: boolean;
  /** For LiveKit; created when it is first needed. */
  context(): AudioContext;
  /** @throws when the speaker can't be used; then the system's one is */
  chooseSpeaker(speakerId: string): Promise<void>;
  /** Lets the mix be heard where the browser kept it silent. Must be called from a click. */
  resume(): Promise<void>;
  close(): void;
};

/**
 * The mix of one call. On WebKit it has every voice: on iOS the volume of an element can't be set
 * (https://developer.apple.com/library/archive/documentation/AudioVideo/Conceptual/Using_HTML5_Audio_Video/Device-SpecificConsiderations/Device-SpecificConsiderations.html),
 * and in no Safari does LiveKit choose the speaker of an element. In every other browser elements keep echo
 * cancellation and the speaker in the browser's own hands, and only a voice above 100 % is mixed: an element's volume
 * ends there.
 *
 * @param speakerId the speaker that is chosen; '' is the system's one
 */
export function createAudioMix(speakerId: string): AudioMix {
  const hasEveryVoice = typeof AudioContext !== 'undefined' && isWebKit();
  let chosenId = speakerId;
  let made: ReturnType<typeof createContext> | null = null;

  function make() {
    made ??= createContext(chosenId);
    return made;
  }

  return {
    hasEveryVoice,
    context: () => make().context,
    async chooseSpeaker(id) {
      chosenId = id;
      await made?.output.choose(id);
    },
    async resume() {
      await made?.context.resume();
    },
    close() {
      made?.output.close();
      void made?.context.close().catch(() => {});
    },
  };
}

function createContext(speakerId: string) {
  const context = new AudioContext();
  const output = createSpeakerOutput(context);
  // LiveKit connects every voice to `destination`, which Safari can't send to a speaker of choice.
  Object.defineProperty(context, 'destination', { value: output.input });
  // When the speaker was unplugged the output has fallen back to the system's.
  if (speakerId) void output.choose(speakerId).catch(() => {});
  return { context, output };
}
