import { openChannel } from '../between-tabs';
import { readPreferences } from '../preferences';
import { type FollowedSpeaker, followSpeaker } from './follow-speaker';
import { takeRingTurn } from './ring-turn';
import { createSpeakerOutput, type SpeakerOutput } from './speaker-output';
import { playTune, ringback, ringtones, softTone, type Tune, testTune } from './tones';

/** What should be heard in this tab right now. */
export type WantedSound = 'ringtone' | 'soft-tone' | 'ringback' | null;

/** The sounds of the kit. Replaceable in tests. */
export type CallSound = {
  /**
   * Sets what is heard from now on, and for which rings; repeating it changes nothing. The soft tone plays once for
   * each ring.
   */
  want(sound: WantedSound, ringIds?: readonly string[]): void;
  /** True while the browser keeps this tab from making the sound that is wanted. */
  isBlocked(): boolean;
  onBlocked(listener: () => void): () => void;
  /** From a click: lets the browser allow sound here. */
  unblock(): void;
  /** Plays the current ringtone until stopped; for Settings. */
  playRingtone(): () => void;
  /** Plays a short tune on the chosen speaker; resolves when it has ended. */
  testSpeaker(): Promise<void>;
  close(): void;
};

const lockName = 'parley-ring-sound';
const testTuneMs = 1600;

/** The audio context of this tab, and the chosen speaker that it plays on. */
type Player = { context: AudioContext; output: SpeakerOutput; speaker: FollowedSpeaker };

/**
 * Ringtone, ringback, soft tone and the try-outs of Settings, on the chosen speaker. Of all tabs of a browser exactly
 * one rings (`takeRingTurn`), and only tabs in which the browser allows sound want to.
 */
export function createCallSound(locks: LockManager | null = globalThis.navigator?.locks ?? null): CallSound {
  const listeners = new Set<() => void>();
  let player: Player | null = null;
  let wanted: WantedSound = null;
  let isBlocked = false;
  let judging: ReturnType<typeof setTimeout> | undefined;
  let playing: { stop: () => void; again: () => void } | null = null;
  let heardRings: ReadonlySet<string> = new Set();

  function playerNow(): Player | null {
    if (!player && typeof AudioContext !== 'undefined') {
      const context = new AudioContext();
      context.onstatechange = apply;
      const output = createSpeakerOutput(context);
      const speaker = followSpeaker(output);
      player = { context, output, speaker };
    }
    return player;
  }

  /** Plays a tune on the chosen speaker. @returns stops it */
  function play({ output, speaker }: Player, tune: Tune, volume: number): () => void {
    let stop: (() => void) | null = null;
    let isOver = false;
    void speaker.ready().then(() => {
      if (!isOver) stop = playTune(output.input, tune, volume);
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }

  function setBlocked(next: boolean) {
    if (next === isBlocked) return;
    isBlocked = next;
    for (const listener of [...listeners]) listener();
  }

  function apply() {
    if (!wanted || playing) return;
    const ready = playerNow();
    if (!ready) return;
    const { context } = ready;
    if (context.state !== 'running') {
      void context.resume().catch(() => {});
      // The browser may need a moment; only then is it called blocked, and only if no other tab rings.
      clearTimeout(judging);
      judging = setTimeout(() => void judgeBlocked(context), 250);
      return;
    }
    setBlocked(false);
    playing = wanted === 'ringback' ? playFor(() => play(ready, ringback, 1)) : ringAlone(ready, wanted);
  }

  async function judgeBlocked(context: AudioContext) {
    const held = (await locks?.query().catch(() => null))?.held ?? [];
    setBlocked(
      context.state !== 'running' && wanted !== null && !held.some((lock) => lock.name === lockName),
    );
  }

  function stopPlaying() {
    playing?.stop();
    playing = null;
  }

  function ringAlone(ready: Player, sound: 'ringtone' | 'soft-tone') {
    const { ringtone, ringVolume } = readPreferences();
    const tune = sound === 'ringtone' ? ringtones[ringtone] : softTone;
    const playOnce = () => play(ready, tune, (ringVolume / 100) ** 2);
    const channel = openChannel(lockName);
    let mine: ReturnType<typeof playFor> | null = null;
    const ring = () => {
      const now = playFor(playOnce);
      mine = now;
      return () => {
        now.stop();
        mine = null;
      };
    };
    const page = globalThis.document ?? null;
    const stop = takeRingTurn({ name: lockName, locks, channel, page, ring });
    // In the tab whose turn it is; the others stay silent.
    return { stop, again: () => mine?.again() };
  }

  function onGesture() {
    const context = player?.context;
    if (wanted && context?.state === 'suspended') void context.resume().catch(() => {});
  }
  for (const type of ['pointerdown', 'keydown']) globalThis.addEventListener?.(type, onGesture, true);

  return {
    want(sound, ringIds = []) {
      const isNewRing = ringIds.some((id) => !heardRings.has(id));
      heardRings = new Set(ringIds);
      if (sound === wanted) {
        if (sound === 'soft-tone' && isNewRing) playing?.again();
        return;
      }
      wanted = sound;
      stopPlaying();
      if (sound) apply();
      else setBlocked(false);
    },
    isBlocked: () => isBlocked,
    onBlocked(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    unblock() {
      void playerNow()
        ?.context.resume()
        .then(apply, () => {});
    },
    playRingtone() {
      const ready = playerNow();
      if (!ready) return () => {};
      void ready.context.resume().catch(() => {});
      const { ringtone, ringVolume } = readPreferences();
      return play(ready, ringtones[ringtone], (ringVolume / 100) ** 2);
    },
    async testSpeaker() {
      const ready = playerNow();
      if (!ready) return;
      await ready.context.resume().catch(() => {});
      const stop = play(ready, testTune, 0.8);
      await new Promise((resolve) => setTimeout(resolve, testTuneMs));
      stop();
    },
    close() {
      wanted = null;
      clearTimeout(judging);
      stopPlaying();
      listeners.clear();
      for (const type of ['pointerdown', 'keydown']) globalThis.removeEventListener?.(type, onGesture, true);
      player?.speaker.stop();
      player?.output.close();
      void player?.context.close().catch(() => {});
      player = null;
    },
  };
}

/** Plays now, and anew when asked. */
function playFor(play: () => () => void) {
  let stop = play();
  return {
    stop: () => stop(),
    again() {
      stop();
      stop = play();
    },
  };
}
