import { followSpeaker } from './follow-speaker';
import { createSpeakerOutput } from './speaker-output';
import { playTune, type Tune } from './tones';

/** Sound output stays on for this long after the last sound, in milliseconds: tones fade, and rings follow each other. */
const restAfterMs = 2000;

/** Plays tunes on the chosen speaker. */
export type Player = {
  /** True while what is played is heard. */
  isRunning(): boolean;
  /** Asks the browser for sound. Resolves once the browser allows it, which may be never. */
  wake(): Promise<void>;
  /** @returns stops the tune */
  play(tune: Tune, volume: number): () => void;
  close(): void;
};

/**
 * The audio context of this tab, playing on the chosen speaker. It is suspended between sounds: one that runs costs
 * about 2 % of a core in every tab for the rest of the tab's life, without a sound.
 *
 * @param onChange called when the browser allows sound or takes it away
 */
export function createPlayer(onChange: () => void): Player {
  const context = new AudioContext();
  context.onstatechange = onChange;
  const output = createSpeakerOutput(context);
  const speaker = followSpeaker(output);
  let tunes = 0;
  // `state` follows later: it still reads "running" right after a suspend.
  let isSuspended = false;
  let isClosed = false;
  let resting: ReturnType<typeof setTimeout> | undefined;

  function restSoon() {
    clearTimeout(resting);
    if (tunes > 0 || isClosed) return;
    resting = setTimeout(() => {
      isSuspended = true;
      void context.suspend().catch(() => {});
    }, restAfterMs);
  }

  function wake() {
    isSuspended = false;
    restSoon();
    return context.resume();
  }

  restSoon();
  return {
    isRunning: () => context.state === 'running' && !isSuspended,
    wake,
    play(tune, volume) {
      tunes += 1;
      clearTimeout(resting);
      // A tab whose turn to ring comes late has been silent until now.
      if (isSuspended) void wake().catch(() => {});
      let stop: (() => void) | null = null;
      let isOver = false;
      void speaker.ready().then(() => {
        if (!isOver) stop = playTune(output.input, tune, volume);
      });
      return () => {
        if (isOver) return;
        isOver = true;
        stop?.();
        tunes -= 1;
        restSoon();
      };
    },
    close() {
      isClosed = true;
      clearTimeout(resting);
      speaker.stop();
      output.close();
      void context.close().catch(() => {});
    },
  };
}
