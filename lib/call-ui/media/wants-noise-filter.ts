import { isWebKit } from './web-kit';

/** A machine with fewer processors needs them for the call itself. */
const leastProcessors = 4;
/** The largest share of one processor that the filter may take without being asked for. */
const largestShare = 0.1;
const measuredMs = 500;

let measured: Promise<boolean> | null = null;

/**
 * Whether a microphone goes through the noise filter.
 *
 * @param choice what the person chose; null: where the machine carries it
 */
export async function wantsNoiseFilter(choice: boolean | null): Promise<boolean> {
  if (choice !== null) return choice;
  measured ??= carriesNoiseFilter().catch(() => false);
  return await measured;
}

/** Measured once in each tab, with the first call: half a second of sound through the model, off the main thread. */
async function carriesNoiseFilter(): Promise<boolean> {
  // Safari stops Web Audio while a phone call or another app uses the sound: there the filter is on by choice only.
  if (isWebKit() || navigator.hardwareConcurrency < leastProcessors) return false;
  const { createNoiseNode, modelRate } = await import('./noise-model');
  const context = new OfflineAudioContext(1, (modelRate * measuredMs) / 1000, modelRate);
  const model = await createNoiseNode(context);
  const tone = new OscillatorNode(context);
  tone.connect(model).connect(context.destination);
  tone.start();
  const startedAt = performance.now();
  const filtered = await context.startRendering();
  const share = (performance.now() - startedAt) / measuredMs;
  model.destroy();
  const hasWorked = filtered.getChannelData(0).some((sample) => sample !== 0);
  return hasWorked && share <= largestShare;
}
