import {
  type BackgroundOptions,
  BackgroundTransformer,
  ProcessorWrapper,
  VideoTransformer,
} from '@livekit/track-processors';
import { Track } from 'livekit-client';
import { createSegmenter } from './blur-model';
import { BlurError, type BlurProblem } from './blur-problem';
import { createSpeedJudge } from './blur-speed';

/** Of the picture's height. */
const blurShare = 1 / 8;
/** In a row. */
const mostFailures = 10;

/**
 * LiveKit's background blur, made safe for what stands behind a person: no picture leaves it whose person was not
 * found first. LiveKit's own sends the first picture as it is, and those whose segmentation failed.
 */
class SafeTransformer extends BackgroundTransformer {
  #height = 0;
  #failures = 0;
  #isTooSlow = createSpeedJudge();
  readonly #onProblem: (problem: BlurProblem) => void;

  constructor(onProblem: (problem: BlurProblem) => void) {
    super({
      // Only a number switches the blur on; `transform` sets its size.
      blurRadius: 1,
      onFrameProcessed: ({ filterTimeMs }) => {
        if (this.#isTooSlow(filterTimeMs, performance.now())) onProblem('too_slow');
      },
    });
    this.#onProblem = onProblem;
  }

  override async init(options: Parameters<BackgroundTransformer['init']>[0]): Promise<void> {
    // Not BackgroundTransformer's, which wants the files of the model under fixed names.
    await VideoTransformer.prototype.init.call(this, options);
    const { canvas } = this;
    if (!canvas || !this.gl) throw new Error('WebGL refused');
    canvas.addEventListener('webglcontextlost', () => {
      if (this.canvas === canvas) this.#onProblem('unavailable');
    });
    this.imageSegmenter = await createSegmenter(canvas);
    this.isFirstFrame = false;
    this.#height = 0;
    this.#failures = 0;
    this.#isTooSlow = createSpeedJudge();
  }

  override async transform(
    frame: VideoFrame,
    controller: TransformStreamDefaultController<VideoFrame>,
  ): Promise<void> {
    if (frame.displayHeight !== this.#height) {
      this.#height = frame.displayHeight;
      this.gl?.setBlurRadius(this.#height * blurShare);
    }
    this.segmentationResults = undefined;
    let isSent = false;
    await super.transform(frame, {
      desiredSize: controller.desiredSize,
      error: (reason) => controller.error(reason),
      terminate: () => controller.terminate(),
      enqueue: (picture) => {
        if (!picture) return;
        isSent = picture !== frame && this.segmentationResults !== undefined;
        if (isSent) controller.enqueue(picture);
        else picture.close();
      },
    });
    this.#failures = isSent ? 0 : this.#failures + 1;
    if (this.#failures === mostFailures) this.#onProblem('unavailable');
  }
}

/** Blurs what is behind the person in front of a camera: LiveKit's processor. It sends blurred pictures or none. */
export class BackgroundBlur extends ProcessorWrapper<BackgroundOptions, SafeTransformer> {
  #isWanted = true;
  readonly #onProblem: (problem: BlurProblem) => void;

  /** @param onProblem called when it can't be had, or not any more; it sends nothing from then on */
  constructor(onProblem: (problem: BlurProblem) => void) {
    super(new SafeTransformer(onProblem), 'parley-background-blur');
    this.#onProblem = onProblem;
  }

  /**
   * LiveKit calls it with the first camera, and with each that takes its place.
   *
   * @throws {BlurError} when the model can't be loaded
   */
  override async init(options: Parameters<ProcessorWrapper<BackgroundOptions>['init']>[0]): Promise<void> {
    this.#isWanted = true;
    try {
      await super.init(options);
    } catch {
      this.processedTrack?.stop();
      this.trackGenerator?.stop();
      // Closing a segmenter of an earlier camera twice throws.
      await this.transformer.destroy().catch(() => {});
      if (this.#isWanted) this.#onProblem('unavailable');
      throw new BlurError();
    }
    if (!this.#isWanted) await super.destroy();
  }

  /** LiveKit's ignores it while the model is loading: what is loaded then would stay, with its WebGL context. */
  override async destroy(
    options?: Parameters<ProcessorWrapper<BackgroundOptions>['destroy']>[0],
  ): Promise<void> {
    this.#isWanted = options?.willProcessorRestart === true;
    await super.destroy(options);
  }
}

/**
 * A camera outside a call with its background blurred.
 *
 * @param onProblem called when it stops being blurred; it sends nothing from then on
 * @throws {BlurError} when the model can't be loaded
 */
export async function blurCamera(
  camera: MediaStreamTrack,
  onProblem: (problem: BlurProblem) => void,
): Promise<{ track: MediaStreamTrack; stop: () => void }> {
  const filter = new BackgroundBlur(onProblem);
  const element = document.createElement('video');
  await filter.init({ kind: Track.Kind.Video, track: camera, element });
  const { processedTrack: track } = filter;
  if (!track) throw new BlurError();
  return { track, stop: () => void filter.destroy() };
}
