import { readPreferences } from '../preferences';
import { takeRingTurn } from './ring-turn';
import { playTune, ringback, ringtones, softTone, type Tune, testTune } from './tones';

/** What should be heard in this tab right now. */
export type WantedSound = 'ringtone' | 'soft-tone' | 'ringback' | null;

/** The sounds of the kit. Replaceable in tests. */
export type CallSound = {
  /**
   * Says what should be heard from now on, and for which rings; repeating it changes nothing. The soft tone is
   * heard once for each ring.
   */
  want(sound: WantedSound, ringIds?: readonly string[]): void;
  /** True while the browser keeps this tab from making the sound that is wanted. */
  isBlocked(): boolean;
  onBlocked(listener: () => void): () => void;
  /** From a click: lets the browser allow sound here. */
  unblock(): void;
  /** Plays the current ringtone until stopped; for Settings. */
  playRingtone(): () => void;
  /** Plays a short tune on the chosen speaker; resolves when it is over. */
  testSpeaker(): Promise<void>;
  close(): void;
};

const lockName = 'parley-ring-sound';

/**
 * Ringtone, ringback and soft tone. Of all tabs of a browser exactly one rings (`takeRingTurn`), and only
 * tabs in which the browser allows sound want to.
 */
export function createCallSound(locks: LockManager | null = globalThis.navigator?.locks ?? null): CallSound {
  const listeners = new Set<() => void>();
  let context: AudioContext | null = null;
  let wanted: WantedSound = null;
  let isBlocked = false;
  let playing: { stop: () => void; again: () => void } | null = null;
  let heardRings: ReadonlySet<string> = new Set();

  function contextNow(): AudioContext | null {
    if (!context && typeof AudioContext !== 'undefined') {
      context = new AudioContext();
      context.onstatechange = apply;
    }
    return context;
  }

  function setBlocked(next: boolean) {
    if (next === isBlocked) return;
    isBlocked = next;
    for (const listener of [...listeners]) listener();
  }

  function apply() {
    if (!wanted || playing) return;
    const ready = contextNow();
    if (!ready) return;
    if (ready.state !== 'running') {
      void ready.resume().catch(() => {});
      // The browser may need a moment; only then is it called blocked, and only if no other tab rings.
      setTimeout(() => void judgeBlocked(ready), 250);
      return;
    }
    setBlocked(false);
    playing = wanted === 'ringback' ? playFor(() => playTune(ready, ringback, 1)) : ringAlone(ready, wanted);
  }

  async function judgeBlocked(ready: AudioContext) {
    const held = (await locks?.query())?.held ?? [];
    setBlocked(ready.state !== 'running' && wanted !== null && !held.some((lock) => lock.name === lockName));
  }

  function stopPlaying() {
    playing?.stop();
    playing = null;
  }

  function ringAlone(ready: AudioContext, sound: 'ringtone' | 'soft-tone') {
    const { ringtone, ringVolume } = readPreferences();
    const tune: Tune = sound === 'ringtone' ? ringtones[ringtone] : softTone;
    const play = () => playTune(ready, tune, (ringVolume / 100) ** 2);
    if (!locks) return playFor(play);
    const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(lockName);
    let mine: ReturnType<typeof playFor> | null = null;
    const ring = () => {
      const now = playFor(play);
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
      void contextNow()
        ?.resume()
        .then(apply, () => {});
    },
    playRingtone() {
      const ready = contextNow();
      if (!ready) return () => {};
      void ready.resume().catch(() => {});
      const { ringtone, ringVolume } = readPreferences();
      return playTune(ready, ringtones[ringtone], (ringVolume / 100) ** 2);
    },
    testSpeaker: () => playTestTune(readPreferences().speakerId),
    close() {
      wanted = null;
      stopPlaying();
      listeners.clear();
      for (const type of ['pointerdown', 'keydown']) globalThis.removeEventListener?.(type, onGesture, true);
      void context?.close().catch(() => {});
      context = null;
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

/** In a context of its own, so that the chosen speaker is heard even while a call uses another. */
async function playTestTune(speakerId: string): Promise<void> {
  if (typeof AudioContext === 'undefined') return;
  const context = new AudioContext();
  await context.resume().catch(() => {});
  if (speakerId && 'setSinkId' in context && typeof context.setSinkId === 'function') {
    await context.setSinkId(speakerId).catch(() => {});
  }
  const stop = playTune(context, testTune, 0.8);
  await new Promise((resolve) => setTimeout(resolve, 1600));
  stop();
  setTimeout(() => void context.close().catch(() => {}), 200);
}
