import { openChannel } from '../between-tabs';
import { readPreferences } from '../preferences';
import { createPlayer, type Player } from './player';
import { takeRingTurn } from './ring-turn';
import { ringback, ringtones, softTone, type Tune, testTune } from './tones';

/** `ringtone`: a call rings; `soft-tone`: one rings during a call, once per ring; `ringback`: the caller waits. */
export type RingerSound = 'ringtone' | 'soft-tone' | 'ringback';

/** What should be heard in this tab right now. */
export type WantedSound = RingerSound | null;

/** Who plays what is wanted: the kit, the app when it is this tab's turn, or neither. */
export type RingerKind = 'kit' | 'own' | 'none';

/** The sounds of the kit. Replaceable in tests. */
export type CallSound = {
  /**
   * Sets what is heard from now on, and for which rings; repeating it changes nothing. The soft tone plays once for
   * each ring.
   */
  want(sound: WantedSound, ringIds?: readonly string[]): void;
  /** True while the browser keeps this tab from making the sound that is wanted. */
  isBlocked(): boolean;
  /** Whether the app's own ringer is to be heard in this tab. */
  isOwnTurn(): boolean;
  /** Called when either of the two has changed. */
  onChange(listener: () => void): () => void;
  /** Sets who plays. Default: the kit. */
  setRinger(kind: RingerKind): void;
  /** Plays one of the kit's sounds, aside from what is wanted; the function it returns stops it. */
  play(sound: RingerSound): () => void;
  /** From a click: lets the browser allow sound here. */
  unblock(): void;
  /** Plays a short tune on the chosen speaker; resolves when it has ended. */
  testSpeaker(): Promise<void>;
  close(): void;
};

const lockName = 'parley-ring-sound';
const testTuneMs = 1600;

/**
 * Ringtone, ringback, soft tone and the try-outs of Settings, on the chosen speaker. Of all tabs of a browser exactly
 * one rings (`takeRingTurn`), and only tabs in which the browser allows sound want to.
 */
export function createCallSound(locks: LockManager | null = globalThis.navigator?.locks ?? null): CallSound {
  const listeners = new Set<() => void>();
  let player: Player | null = null;
  let wanted: WantedSound = null;
  let isBlocked = false;
  let isOwnTurn = false;
  let ringer: RingerKind = 'kit';
  let judging: ReturnType<typeof setTimeout> | undefined;
  let playing: { stop: () => void; again: () => void } | null = null;
  let heardRings: ReadonlySet<string> = new Set();

  function playerNow(): Player | null {
    if (!player && typeof AudioContext !== 'undefined') player = createPlayer(apply);
    return player;
  }

  function notify() {
    for (const listener of [...listeners]) listener();
  }

  function setBlocked(next: boolean) {
    if (next === isBlocked) return;
    isBlocked = next;
    notify();
  }

  function setOwnTurn(next: boolean) {
    if (next === isOwnTurn) return;
    isOwnTurn = next;
    notify();
  }

  function apply() {
    if (!wanted || playing || ringer === 'none') return;
    const ready = playerNow();
    if (!ready) return;
    if (!ready.isRunning()) {
      void ready.wake().then(apply, () => {});
      // The browser may need a moment; only then is it called blocked, and only if no other tab rings.
      clearTimeout(judging);
      judging = setTimeout(() => void judgeBlocked(ready), 250);
      return;
    }
    setBlocked(false);
    playing = wanted === 'ringback' ? playFor(() => begin(ready, 'ringback')) : ringAlone(ready, wanted);
  }

  async function judgeBlocked(ready: Player) {
    const held = (await locks?.query().catch(() => null))?.held ?? [];
    setBlocked(
      !ready.isRunning() &&
        wanted !== null &&
        ringer !== 'none' &&
        !held.some((lock) => lock.name === lockName),
    );
  }

  function stopPlaying() {
    playing?.stop();
    playing = null;
  }

  /** What is wanted begins: the kit's sound, or the turn of the app's. */
  function begin(ready: Player, sound: RingerSound): () => void {
    if (ringer === 'kit') return playOn(ready, sound);
    setOwnTurn(true);
    return () => setOwnTurn(false);
  }

  function playOn(ready: Player, sound: RingerSound): () => void {
    const { ringtone, ringVolume } = readPreferences();
    const tunes: Record<RingerSound, Tune> = {
      ringtone: ringtones[ringtone],
      'soft-tone': softTone,
      ringback,
    };
    return ready.play(tunes[sound], sound === 'ringback' ? 1 : (ringVolume / 100) ** 2);
  }

  function ringAlone(ready: Player, sound: RingerSound) {
    const playOnce = () => begin(ready, sound);
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
    if (wanted && player && !player.isRunning()) void player.wake().catch(() => {});
  }
  for (const type of ['pointerdown', 'keydown']) globalThis.addEventListener?.(type, onGesture, true);

  return {
    want(sound, ringIds = []) {
      const isNewRing = ringIds.some((id) => !heardRings.has(id));
      heardRings = new Set(ringIds);
      if (sound === wanted) {
        if (sound === 'soft-tone' && isNewRing && ringer === 'kit') playing?.again();
        return;
      }
      wanted = sound;
      stopPlaying();
      if (sound) apply();
      else setBlocked(false);
    },
    isBlocked: () => isBlocked,
    isOwnTurn: () => isOwnTurn,
    setRinger(next) {
      if (next === ringer) return;
      stopPlaying();
      ringer = next;
      if (next === 'none') setBlocked(false);
      apply();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    unblock() {
      void playerNow()
        ?.wake()
        .then(apply, () => {});
    },
    play(sound) {
      const ready = playerNow();
      if (!ready) return () => {};
      void ready.wake().catch(() => {});
      return playOn(ready, sound);
    },
    async testSpeaker() {
      const ready = playerNow();
      if (!ready) return;
      await ready.wake().catch(() => {});
      const stop = ready.play(testTune, 0.8);
      await new Promise((resolve) => setTimeout(resolve, testTuneMs));
      stop();
    },
    close() {
      wanted = null;
      clearTimeout(judging);
      stopPlaying();
      listeners.clear();
      for (const type of ['pointerdown', 'keydown']) globalThis.removeEventListener?.(type, onGesture, true);
      player?.close();
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
