import type { LocalAudioTrack } from 'livekit-client';
import { NoiseFilter } from './noise-filter';
import { wantsNoiseFilter } from './wants-noise-filter';

/**
 * Keeps the noise filter of one microphone as it is wanted. Everything it does happens after the microphone is
 * heard, and whatever fails leaves the microphone as it is: unfiltered, but heard.
 *
 * @param firstChoice null: where the machine carries it
 */
export function createMicrophoneFilter(firstChoice: boolean | null) {
  let choice = firstChoice;
  let track: LocalAudioTrack | null = null;
  let filter: NoiseFilter | null = null;
  let isClosed = false;
  let working: Promise<void> = Promise.resolve();

  async function apply() {
    const isWanted = !isClosed && (await wantsNoiseFilter(choice));
    if (!track || isWanted === (filter !== null)) return;
    if (isWanted) await add(track);
    else await remove(track);
  }

  async function add(mine: LocalAudioTrack) {
    filter = new NoiseFilter(() => {
      // For the rest of the call: a filter that comes and goes is worse than none.
      choice = false;
      sync();
    });
    try {
      await mine.setProcessor(filter);
    } catch (error) {
      filter = null;
      throw error;
    }
    // The track was stopped meanwhile, and LiveKit had no filter yet that it could end.
    if (isClosed) await remove(mine);
  }

  async function remove(mine: LocalAudioTrack) {
    filter = null;
    await mine.stopProcessor();
  }

  function sync() {
    working = working.then(apply).catch(() => {});
  }

  return {
    /** The device's own track while it goes through the filter, else null. */
    source: () => filter?.source ?? null,
    /** The microphone that is sent from here on. */
    follow(mine: LocalAudioTrack) {
      track = mine;
      filter = null;
      sync();
    },
    choose(next: boolean | null) {
      choice = next;
      sync();
    },
    close() {
      isClosed = true;
      filter = null;
    },
  };
}
