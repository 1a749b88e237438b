import type { AudioProcessorOptions, Track, TrackProcessor } from 'livekit-client';

/** A context that does not run within this time, in milliseconds, would send silence. */
const startWithinMs = 1000;

/**
 * Takes noise out of a microphone, in a worklet: LiveKit's processor. It sends nothing but a running filter: where the
 * browser stops Web Audio (a phone call on iOS), `onStopped` asks for the microphone itself instead.
 */
export class NoiseFilter implements TrackProcessor<Track.Kind.Audio, AudioProcessorOptions> {
  readonly name = 'parley-noise-filter';
  processedTrack?: MediaStreamTrack;
  /** The microphone that it listens to. */
  source: MediaStreamTrack | null = null;
  #graph: FilterGraph | null = null;
  #isDestroyed = false;
  readonly #onStopped: () => void;

  /** @param onStopped called when the filter does not run any more */
  constructor(onStopped: () => void) {
    this.#onStopped = onStopped;
  }

  async init({ track }: AudioProcessorOptions): Promise<void> {
    this.source = track;
    const graph = await createFilterGraph(track, () => {
      if (!this.#isDestroyed) this.#onStopped();
    });
    if (this.#isDestroyed) {
      graph.close();
      return;
    }
    this.#graph = graph;
    this.processedTrack = graph.output;
  }

  /** LiveKit calls it with another microphone: chosen, or in the place of one that was unplugged. */
  async restart({ track }: AudioProcessorOptions): Promise<void> {
    this.source = track;
    this.#graph?.listenTo(track);
  }

  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    this.#graph?.close();
    this.#graph = null;
  }
}

type FilterGraph = {
  output: MediaStreamTrack;
  listenTo(track: MediaStreamTrack): void;
  close(): void;
};

/**
 * Microphone → model → a new track.
 *
 * @throws when the model can't be loaded, or the browser doesn't start Web Audio within a second
 */
export async function createFilterGraph(
  track: MediaStreamTrack,
  onStopped: () => void,
): Promise<FilterGraph> {
  const { createNoiseNode, modelRate } = await import('./noise-model');
  const context = new AudioContext({ sampleRate: modelRate });
  try {
    const model = await createNoiseNode(context);
    const output = context.createMediaStreamDestination();
    let input = context.createMediaStreamSource(new MediaStream([track]));
    input.connect(model).connect(output);
    await runs(context);
    context.onstatechange = () => {
      if (context.state !== 'running') onStopped();
    };
    model.onprocessorerror = onStopped;
    const [processed] = output.stream.getAudioTracks();
    if (!processed) throw new Error('Web Audio made no track');
    return {
      output: processed,
      listenTo(next) {
        input.disconnect();
        input = context.createMediaStreamSource(new MediaStream([next]));
        input.connect(model);
      },
      close() {
        context.onstatechange = null;
        model.onprocessorerror = null;
        model.destroy();
        processed.stop();
        void context.close().catch(() => {});
      },
    };
  } catch (error) {
    void context.close().catch(() => {});
    throw error;
  }
}

async function runs(context: AudioContext) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, startWithinMs);
  });
  await Promise.race([context.resume(), late]).finally(() => clearTimeout(timer));
  if (context.state !== 'running') throw new Error('Web Audio does not run');
}
