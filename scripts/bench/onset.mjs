/**
 * @typedef {typeof globalThis & {
 *   heardAt?: Promise<number>, acceptedAt?: number, armEar: () => void
 * }} EarPage what `installEar` leaves in the page
 */

/** Runs in the audio thread: reports the first sample that is louder than silence, with its time. */
const worklet = `registerProcessor('onset', class extends AudioWorkletProcessor {
  constructor() { super(); this.port.onmessage = () => { this.isDone = true; }; }
  process([[samples] = []]) {
    if (!samples || this.isDone) return !this.isDone;
    const at = samples.findIndex((sample) => Math.abs(sample) > 0.01);
    if (at >= 0) { this.isDone = true; this.port.postMessage(currentTime + at / sampleRate); }
    return !this.isDone;
  }
})`;

/** The script of a page with an ear; before the page's own scripts. */
export const earScript = `(${installEar})(${JSON.stringify(worklet)})`;

/**
 * Runs inside the page. Once armed, the first remote sound that arrives settles `heardAt` with its moment, in the
 * page's own milliseconds, and the next click on **Accept** is `acceptedAt`.
 * @param {string} code of the audio thread
 */
function installEar(code) {
  const page = /** @type {EarPage} */ (globalThis);
  const context = new AudioContext();
  const ready = context.audioWorklet.addModule(
    URL.createObjectURL(new Blob([code], { type: 'text/javascript' })),
  );
  let heard = (/** @type {number} */ _at) => {};
  /** @type {Map<RTCPeerConnection, (() => void)[]>} */
  const ears = new Map();
  page.armEar = () => {
    // Ears of calls that have ended would go on working, more with every call.
    for (const [connection, stops] of ears) {
      if (connection.connectionState !== 'closed') continue;
      for (const stop of stops) stop();
      ears.delete(connection);
    }
    page.heardAt = new Promise((resolve) => {
      heard = resolve;
    });
    delete page.acceptedAt;
  };
  const listen = async (
    /** @type {RTCPeerConnection} */ connection,
    /** @type {MediaStreamTrack} */ track,
  ) => {
    await ready;
    const ear = new AudioWorkletNode(context, 'onset');
    ear.port.onmessage = ({ data }) => {
      // The two clocks side by side: the context's own and the page's.
      const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
      heard(performanceTime + (data - contextTime) * 1000);
    };
    const source = context.createMediaStreamSource(new MediaStream([track]));
    source.connect(ear);
    const stop = () => {
      source.disconnect();
      ear.port.postMessage('stop');
    };
    ears.set(connection, [...(ears.get(connection) ?? []), stop]);
  };
  const Original = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(/** @type {RTCConfiguration | undefined} */ configuration) {
      super(configuration);
      this.addEventListener('track', ({ track }) => track.kind === 'audio' && void listen(this, track));
    }
  };
  addEventListener(
    'click',
    ({ target }) => {
      if (/** @type {Element} */ (target).closest('button')?.textContent?.includes('Accept'))
        page.acceptedAt = performance.now();
    },
    { capture: true },
  );
}
