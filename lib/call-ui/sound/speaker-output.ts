/** Where a page's own sound is connected, so that it comes out of the speaker that the person chose. */
export type SpeakerOutput = {
  /** Stands for `context.destination`. */
  readonly input: AudioNode;
  /**
   * Plays on this speaker from here on; of several choices the last one holds.
   *
   * @param speakerId a device id; '' is the system's speaker
   * @throws when the speaker was unplugged or the browser can't choose one; then it plays on the system's speaker
   */
  choose(speakerId: string): Promise<void>;
  close(): void;
};

/**
 * An output whose speaker can be chosen. Chrome chooses it for the context. Firefox and Safari can do so for media
 * elements only (https://developer.mozilla.org/en-US/docs/Web/API/AudioContext/setSinkId): there an element plays
 * what the context makes, for as long as another speaker than the system's is chosen.
 */
export function createSpeakerOutput(context: AudioContext): SpeakerOutput {
  const input = context.createGain();
  const { destination } = context;
  input.connect(destination);
  let relay: ReturnType<typeof createRelay> | null = null;
  let last: Promise<void> = Promise.resolve();
  let isClosed = false;

  function connect(to: AudioNode) {
    if (isClosed) return;
    input.disconnect();
    input.connect(to);
  }

  async function route(speakerId: string): Promise<void> {
    if ('setSinkId' in context && typeof context.setSinkId === 'function') {
      await context.setSinkId(speakerId);
      return;
    }
    if (speakerId === '') {
      relay?.element.pause();
      connect(destination);
      return;
    }
    relay ??= createRelay(context);
    const { element, node } = relay;
    if (!('setSinkId' in element)) throw new DOMException('no speaker can be chosen', 'NotSupportedError');
    await element.setSinkId(speakerId);
    if (isClosed) return;
    connect(node);
    // Not awaited: it begins when the context does. A page that may not play elements yet may still play the context.
    element.play().catch(() => connect(destination));
  }

  async function switchTo(speakerId: string): Promise<void> {
    try {
      await route(speakerId);
    } catch (error) {
      // Falls back to the system's speaker, because the person has just switched away from the one before.
      await route('').catch(() => {});
      throw error;
    }
  }

  return {
    input,
    choose(speakerId) {
      const mine = last.then(() => switchTo(speakerId));
      last = mine.catch(() => {});
      return mine;
    },
    close() {
      isClosed = true;
      relay?.element.pause();
      input.disconnect();
    },
  };
}

/** An element that plays what is connected to the node. */
function createRelay(context: AudioContext) {
  const node = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = node.stream;
  return { node, element };
}
