import type { RingtoneName } from '../preferences';

/** One struck note: frequency in Hz, start and length in seconds, loudness 0–1. */
type Note = { hz: number; at: number; lasts: number; loud: number; shape: OscillatorType };
/** Notes that are played anew every `everySeconds`. */
export type Tune = { notes: readonly Note[]; everySeconds: number };

const note = (hz: number, at: number, lasts = 0.5, loud = 0.5, shape: OscillatorType = 'sine'): Note => ({
  hz,
  at,
  lasts,
  loud,
  shape,
});

/** Parley's ringtones; all made here, short and friendly. */
export const ringtones: Record<RingtoneName, Tune> = {
  /** Three stones dropped into water, twice. */
  pebbles: {
    everySeconds: 2.6,
    notes: [
      note(659.3, 0, 0.35),
      note(880, 0.14, 0.35),
      note(1318.5, 0.28, 0.6, 0.4),
      note(659.3, 0.8, 0.35),
      note(987.8, 0.94, 0.35),
      note(1318.5, 1.08, 0.7, 0.4),
    ],
  },
  lantern: {
    everySeconds: 3,
    notes: [
      note(523.3, 0, 1.1, 0.45, 'triangle'),
      note(784, 0.3, 1.1, 0.4, 'triangle'),
      note(659.3, 0.7, 1.3, 0.4),
    ],
  },
  harbour: {
    everySeconds: 3.2,
    notes: [
      note(392, 0, 0.9, 0.55, 'triangle'),
      note(493.9, 0.45, 0.9, 0.5, 'triangle'),
      note(587.3, 0.9, 1.2, 0.45),
    ],
  },
  sparrow: {
    everySeconds: 2.2,
    notes: [
      note(1568, 0, 0.12, 0.3),
      note(1760, 0.12, 0.12, 0.3),
      note(2093, 0.24, 0.2, 0.3),
      note(1760, 0.6, 0.12, 0.3),
      note(2093, 0.72, 0.3, 0.3),
    ],
  },
};

/** What the caller hears while it rings on the other side. */
export const ringback: Tune = {
  everySeconds: 3.4,
  notes: [note(440, 0, 0.9, 0.16), note(554.4, 0, 0.9, 0.1)],
};

/** A second call while talking: one soft tone, not a ringtone. */
export const softTone: Tune = {
  everySeconds: 0,
  notes: [note(784, 0, 0.25, 0.25), note(1046.5, 0.16, 0.4, 0.2)],
};

/** The speaker test. */
export const testTune: Tune = {
  everySeconds: 0,
  notes: [note(523.3, 0, 0.5, 0.4), note(659.3, 0.25, 0.5, 0.4), note(784, 0.5, 0.9, 0.4)],
};

/**
 * Plays a tune once, or again and again when it says so.
 *
 * @param output what the tune is connected to
 * @param volume 0–1
 * @returns stops it
 */
export function playTune(output: AudioNode, tune: Tune, volume: number): () => void {
  const { context } = output;
  const out = context.createGain();
  out.gain.value = volume;
  out.connect(output);
  const strike = () => {
    for (const { hz, at, lasts, loud, shape } of tune.notes) {
      const start = context.currentTime + 0.02 + at;
      const oscillator = context.createOscillator();
      const envelope = context.createGain();
      oscillator.type = shape;
      oscillator.frequency.value = hz;
      envelope.gain.setValueAtTime(0.0001, start);
      envelope.gain.exponentialRampToValueAtTime(loud, start + 0.015);
      envelope.gain.exponentialRampToValueAtTime(0.0001, start + lasts);
      oscillator.connect(envelope).connect(out);
      oscillator.start(start);
      oscillator.stop(start + lasts + 0.05);
    }
  };
  strike();
  const timer = tune.everySeconds > 0 ? setInterval(strike, tune.everySeconds * 1000) : undefined;
  return () => {
    clearInterval(timer);
    // A short fade: cutting a tone off clicks.
    out.gain.setTargetAtTime(0, context.currentTime, 0.015);
    setTimeout(() => out.disconnect(), 120);
  };
}
