import type { LocalAudioTrack } from 'livekit-client';
import { UntestedMicrophone } from './untested-microphone';

/**
 * A microphone that is published as silence, so that everything is set up when the person may be heard: `speak` swaps
 * the real one in. Until then LiveKit can't open a device in its place, whatever switches it.
 */
export class SilentTrack extends UntestedMicrophone {
  readonly #context: AudioContext;
  #isSilent = true;

  private constructor(context: AudioContext, silence: MediaStreamTrack) {
    super(silence, {}, true);
    this.#context = context;
  }

  /** Null where the browser has no Web Audio: then nothing is published beforehand. */
  static create(): SilentTrack | null {
    if (typeof AudioContext === 'undefined') return null;
    const context = new AudioContext();
    const destination = context.createMediaStreamDestination();
    // LiveKit announces a track to subscribers with its first packet, and without a source there is none.
    const source = new ConstantSourceNode(context, { offset: 0 });
    source.connect(destination);
    source.start();
    const [silence] = destination.stream.getAudioTracks();
    return silence ? new SilentTrack(context, silence) : null;
  }

  get isSilent() {
    return this.#isSilent;
  }

  /** Sends this microphone from here on, muted if this one is. */
  async speak(microphone: MediaStreamTrack): Promise<void> {
    // Within the call that says so: LiveKit's own way waits for its lock, and by then the page draws.
    void this.sender?.replaceTrack(microphone).catch(() => {});
    await this.replaceTrack(microphone, false);
    this.#isSilent = false;
    this.#close();
  }

  override stop(): void {
    super.stop();
    this.#close();
  }

  /** LiveKit restarts a microphone when it is unmuted or another device is chosen: that would open the real one. */
  protected override async restart(...how: Parameters<LocalAudioTrack['restart']>): Promise<this> {
    if (!this.#isSilent) await super.restart(...how);
    return this;
  }

  #close() {
    void this.#context.close().catch(() => {});
  }
}
