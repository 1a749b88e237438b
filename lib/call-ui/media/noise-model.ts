import { GtcrnWorkletNode, loadGtcrn } from '@sapphi-red/web-noise-suppressor';

/** They come with the build: nothing is fetched from another server. */
const workletUrl = new URL('@sapphi-red/web-noise-suppressor/gtcrnWorklet.js', import.meta.url).href;
const modelUrl = new URL('@sapphi-red/web-noise-suppressor/gtcrn.wasm', import.meta.url).href;

/** The rate that the model takes, in Hz. */
export const modelRate = 48_000;
/** The worklet compiles the model without a word when it is done, and is silent until then; in milliseconds. */
const compiledAfterMs = 250;

let model: Promise<ArrayBuffer> | null = null;

/**
 * An audio node that lets voices through and takes everything else away (GTCRN, up to 8 kHz). Loading this module and
 * its model costs about 90 KiB, so it is imported only once a filter is wanted.
 *
 * @param context with a sample rate of 48 kHz
 * @throws when worklet or model can't be loaded
 */
export async function createNoiseNode(context: BaseAudioContext): Promise<GtcrnWorkletNode> {
  const loading = model ?? loadGtcrn({ url: modelUrl });
  model = loading;
  // A download that failed is tried again with the next call.
  loading.catch(() => {
    model = null;
  });
  const [wasmBinary] = await Promise.all([loading, context.audioWorklet.addModule(workletUrl)]);
  // @ts-expect-error the types of 0.4.1 want an AudioContext; an AudioWorkletNode takes any BaseAudioContext
  const node = new GtcrnWorkletNode(context, { maxChannels: 1, wasmBinary });
  await new Promise((resolve) => setTimeout(resolve, compiledAfterMs));
  return node;
}
