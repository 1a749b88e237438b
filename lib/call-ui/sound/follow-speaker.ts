import { onPreferences, readPreferences } from '../preferences';
import type { SpeakerOutput } from './speaker-output';

/** A ring is not kept waiting for longer by a browser that is slow to change the speaker, in milliseconds. */
const readyWithinMs = 300;

export type FollowedSpeaker = {
  /** Resolves once the output plays on the speaker of the moment, after 300 ms at the latest. */
  ready(): Promise<void>;
  stop(): void;
};

/**
 * Keeps an output on the speaker that the person chose, in this tab or another. While that speaker is unplugged
 * the system's one is used: a context whose speaker goes away is silent until it gets another.
 */
export function followSpeaker(output: SpeakerOutput): FollowedSpeaker {
  // On plain http there is no list of devices at all.
  const media: MediaDevices | undefined = globalThis.navigator?.mediaDevices;
  let chosen = '';
  let pending: Promise<void> | null = null;

  function choose(speakerId: string) {
    if (speakerId === chosen) return;
    chosen = speakerId;
    const mine = output
      .choose(speakerId)
      .catch(() => {
        // The output has fallen back to the system's speaker; this one is tried again when it is plugged in.
        if (chosen === speakerId) chosen = '';
      })
      .finally(() => {
        if (pending === mine) pending = null;
      });
    pending = mine;
  }

  const onChoice = () => choose(readPreferences().speakerId);

  async function onPlugs() {
    const devices = (await media?.enumerateDevices().catch(() => null)) ?? [];
    const { speakerId } = readPreferences();
    const isThere = devices.some(({ kind, deviceId }) => kind === 'audiooutput' && deviceId === speakerId);
    choose(isThere ? speakerId : '');
  }

  onChoice();
  const stopPreferences = onPreferences(onChoice);
  media?.addEventListener?.('devicechange', onPlugs);
  return {
    async ready() {
      if (!pending) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, readyWithinMs);
      });
      await Promise.race([pending, late]);
      clearTimeout(timer);
    },
    stop() {
      stopPreferences();
      media?.removeEventListener?.('devicechange', onPlugs);
    },
  };
}
