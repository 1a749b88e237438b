/** A note that was struck, and the speaker it came out of. */
export type HeardNote = { hz: number; speakerId: string };

/**
 * Web Audio without a sound card. Every note that is struck is noted with the speaker at the end of its
 * connections.
 *
 * @param speakers the speakers that are plugged in, by id; the system's own is always there
 * @param kind `context`: a context chooses its speaker, as in Chrome; `element`: only media elements do, as in
 * Firefox and Safari; `none`: there is no choice
 */
export function fakeAudio(
  speakers: ReadonlySet<string> = new Set(),
  kind: 'context' | 'element' | 'none' = 'context',
) {
  const heard: HeardNote[] = [];
  const contexts: { readonly state: string }[] = [];
  const param = () => ({
    value: 0,
    setValueAtTime: () => {},
    exponentialRampToValueAtTime: () => {},
    setTargetAtTime: () => {},
  });
  const look = (speakerId: string) => {
    if (speakerId !== '' && !speakers.has(speakerId)) throw new DOMException('gone', 'NotFoundError');
  };

  class Node {
    to: Node | null = null;
    readonly gain = param();
    readonly frequency = param();
    readonly context: Context;
    readonly end: (() => string) | null;
    constructor(context: Context, end: (() => string) | null = null) {
      this.context = context;
      this.end = end;
    }
    connect(to: Node) {
      this.to = to;
      return to;
    }
    disconnect() {
      this.to = null;
    }
    /** Null: it ends nowhere. */
    speakerId(): string | null {
      return this.end ? this.end() : (this.to?.speakerId() ?? null);
    }
    start() {
      const speakerId = this.speakerId();
      if (speakerId !== null && this.context.state === 'running')
        heard.push({ hz: this.frequency.value, speakerId });
    }
    stop() {}
  }

  class Context {
    state = 'running';
    currentTime = 0;
    sinkId = '';
    onstatechange: (() => void) | null = null;
    readonly destination = new Node(this, () => this.sinkId);
    createGain = () => new Node(this);
    createOscillator = () => new Node(this);
    createMediaStreamDestination = () => {
      const stream: { element: FakeElement | null } = { element: null };
      const node = new Node(this, () => stream.element?.playsOn() ?? '');
      return Object.assign(node, { stream });
    };
    constructor() {
      contexts.push(this);
    }
    resume = () => this.#become('running');
    suspend = () => this.#become('suspended');
    close = () => this.#become('closed');
    /** As in browsers, the state follows a moment after the wish. */
    async #become(state: string) {
      await null;
      if (this.state === 'closed' || this.state === state) return;
      this.state = state;
      this.onstatechange?.();
    }
  }
  class ChoosingContext extends Context {
    setSinkId = async (speakerId: string) => {
      look(speakerId);
      this.sinkId = speakerId;
    };
  }

  class FakeElement {
    isPaused = true;
    sinkId = '';
    set srcObject(stream: { element: FakeElement | null }) {
      stream.element = this;
    }
    play = async () => {
      this.isPaused = false;
    };
    pause() {
      this.isPaused = true;
    }
    playsOn = () => (this.isPaused ? '(paused)' : this.sinkId);
  }
  class ChoosingElement extends FakeElement {
    setSinkId = async (speakerId: string) => {
      look(speakerId);
      this.sinkId = speakerId;
    };
  }

  return {
    heard,
    /** How many audio contexts run now: each costs processor time, also in silence. */
    running: () => contexts.filter(({ state }) => state === 'running').length,
    globals: {
      AudioContext: kind === 'context' ? ChoosingContext : Context,
      Audio: kind === 'element' ? ChoosingElement : FakeElement,
    },
  };
}
