import { expect, type Page } from '@playwright/test';
import { installVoice, type VoiceReading } from './voice-in-page';

/** Far enough apart, and none a multiple of another, so that no tone is taken for another person's. */
export const tones: Record<string, number> = { alice: 500, bob: 700, carol: 1100, dave: 1300, erin: 1700 };

const toleranceHz = 20;
/** A tone adds about 0.04 a second to a track's energy; comfort noise adds nearly nothing. */
const leastRise = 0.0005;

/**
 * Replaces the page's microphone by a tone and listens to everything it receives. Must be called
 * before the page loads anything.
 */
export async function giveVoice(page: Page, toneHz: number): Promise<void> {
  await page.addInitScript(installVoice, toneHz);
}

/** What this page receives at this moment: one reading for each remote audio track that is live. */
export function readVoices(page: Page): Promise<VoiceReading[]> {
  return page.evaluate(() => window.parleyVoice?.read() ?? []);
}

/**
 * Resolves when the page really receives this tone: one remote track whose strongest frequency it
 * is, and whose received energy (`getStats`) has risen between two readings.
 */
export async function hears(page: Page, toneHz: number, timeoutMs?: number): Promise<void> {
  let before: VoiceReading[] = [];
  await expect
    .poll(
      async () => {
        const now = await readVoices(page);
        const heard = now.filter((voice) => hasRisen(voice, before)).map((voice) => voice.peakHz);
        before = now;
        return heard.some((hz) => Math.abs(hz - toneHz) <= toleranceHz)
          ? `hears ${toneHz} Hz`
          : `hears [${heard}] Hz`;
      },
      { ...within(timeoutMs), intervals: [150] },
    )
    .toBe(`hears ${toneHz} Hz`);
}

/** Resolves when nothing at all has been received between two readings half a second apart. */
export async function hearsNothing(page: Page, timeoutMs?: number): Promise<void> {
  let before: VoiceReading[] | null = null;
  await expect
    .poll(
      async () => {
        const now = await readVoices(page);
        const heard =
          before === null
            ? 'not known yet'
            : now.filter((voice) => hasRisen(voice, before ?? [])).map((v) => v.peakHz);
        before = now;
        return heard;
      },
      { ...within(timeoutMs), intervals: [500] },
    )
    .toEqual([]);
}

/** Without a time of its own a wait takes what the project gives all of them. */
const within = (timeoutMs?: number) => (timeoutMs === undefined ? {} : { timeout: timeoutMs });

function hasRisen(voice: VoiceReading, before: VoiceReading[]): boolean {
  const earlier = before.find(({ trackId }) => trackId === voice.trackId);
  return earlier !== undefined && voice.energy - earlier.energy > leastRise;
}
