import type { Page } from '@playwright/test';

/** What another participant sees of a person in a call, at one moment. */
export type OtherSide = {
  /** How many list items of the call carry the name. */
  timesInList: number;
  /** What is said there besides the name: "Connecting…", a countdown, "Muted"; '' when all is well. */
  words: string;
  phase: string;
  /** What arrives as sound, 0–1. */
  loudness: number;
  /** How many devices of that person are played and not silent at this moment. */
  voices: number;
};

declare global {
  interface Window {
    parleySamples?: { list: OtherSide[]; timer: number };
  }
}

/** Looks at a person every 50 ms, inside the page, until it is stopped, and for a second at least. */
export async function sampleOtherSide(
  page: Page,
  name: string,
): Promise<{ stop: () => Promise<OtherSide[]> }> {
  await page.evaluate((shownName) => {
    const list: OtherSide[] = [];
    const played = () =>
      [...document.querySelectorAll<HTMLAudioElement>('audio[data-call-audio]')].filter(
        (element) => !element.muted && !element.paused && element.volume > 0,
      );
    const isLoud = ({ srcObject }: HTMLAudioElement) =>
      srcObject instanceof MediaStream &&
      srcObject.getAudioTracks().some((track) => (window.parleyVoice?.loudness(track.id) ?? 0) > 0.01);
    const look = () => {
      const region = document.querySelector('[role="region"][aria-label="Call"], section[aria-label="Call"]');
      const items = [...(region?.querySelectorAll(`li[aria-label="${shownName}"]`) ?? [])];
      const said = items.map((item) => {
        const copy = item.cloneNode(true) as Element;
        for (const drawn of copy.querySelectorAll('[aria-hidden="true"]')) drawn.remove();
        return copy.textContent;
      });
      list.push({
        timesInList: items.length,
        words: said.join(' ').replace(shownName, '').trim(),
        phase: region?.getAttribute('data-call-phase') ?? 'none',
        loudness: window.parleyVoice?.loudness() ?? 0,
        voices: played().filter((element) => isLoud(element)).length,
      });
    };
    window.parleySamples = { list, timer: window.setInterval(look, 50) };
  }, name);
  return {
    stop: async () => {
      await page.waitForFunction(() => (window.parleySamples?.list.length ?? 0) > 20);
      return page.evaluate(() => {
        window.clearInterval(window.parleySamples?.timer);
        return window.parleySamples?.list ?? [];
      });
    },
  };
}
