import { ImageSegmenter } from '@mediapipe/tasks-vision';
import { withinLoadLimit } from './blur-limit';

// They come with the build: nothing is fetched from another server. The package exports no paths of its files, so that
// a bundler finds them by their place only. Every browser that `canBlur` has SIMD.
const wasmLoaderPath = new URL(
  '../../../node_modules/@mediapipe/tasks-vision/wasm/vision_wasm_internal.js',
  import.meta.url,
).href;
const wasmBinaryPath = new URL(
  '../../../node_modules/@mediapipe/tasks-vision/wasm/vision_wasm_internal.wasm',
  import.meta.url,
).href;
const modelAssetPath = new URL('./models/selfie_segmenter.tflite', import.meta.url).href;

let loading: Promise<unknown> = Promise.resolve();

/**
 * Loads the model that separates a person from their background, about 3 MB the first time.
 *
 * @param canvas its WebGL context receives the masks
 * @throws when one of the files can't be loaded within 30 s, or WebGL refuses
 */
export function createSegmenter(canvas: OffscreenCanvas | HTMLCanvasElement): Promise<ImageSegmenter> {
  // One after the other: tasks-vision hands its loader over in a global variable.
  const mine = loading.then(() => withinLoadLimit((signal) => load(canvas, signal)));
  loading = mine.catch(() => {});
  return mine;
}

async function load(
  canvas: OffscreenCanvas | HTMLCanvasElement,
  signal: AbortSignal,
): Promise<ImageSegmenter> {
  // tasks-vision can't end a download that hangs, and the next one of the same file would wait for it: so the files
  // are brought into the browser's cache first.
  await Promise.all([wasmLoaderPath, wasmBinaryPath, modelAssetPath].map((path) => download(path, signal)));
  const segmenter = await ImageSegmenter.createFromOptions(
    { wasmLoaderPath, wasmBinaryPath },
    {
      // The CPU takes a few milliseconds, also where WebGL is done in software: there the model would take seconds.
      baseOptions: { modelAssetPath, delegate: 'CPU' },
      canvas,
      runningMode: 'VIDEO',
      outputCategoryMask: true,
      outputConfidenceMasks: false,
    },
  );
  if (signal.aborted) segmenter.close();
  return segmenter;
}

async function download(path: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(path, { signal });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  await response.arrayBuffer();
}
