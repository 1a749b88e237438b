import type { Page } from '@playwright/test';

/** A tab that stands still since that moment (Unix milliseconds); `resume` lets it run again. */
export type StandingStill = { since: number; resume: () => Promise<void> };

/** What Chromium may say of a page with sound whose process stood still: its audio device waited for it in vain. */
export const standingStillWords = /The AudioContext encountered an error from the audio device/;

/** A tab that runs answers within this, also on a busy machine. */
const answersWithinMs = 4000;

async function answers(page: Page): Promise<boolean> {
  const answer = page.evaluate(() => true).catch(() => true);
  return Promise.race([
    answer,
    new Promise<false>((resolve) => setTimeout(() => resolve(false), answersWithinMs)),
  ]);
}

/**
 * Stops the process of a tab without a word to the page, as a laptop or a phone does. The tab must be in a
 * browser of its person's own: to find the process others of this browser are stopped for a moment, too.
 * Throws when `others`, tabs of the same browser, would be stopped with it.
 */
export async function stopProcess(page: Page, others: readonly Page[]): Promise<StandingStill> {
  const browser = page.context().browser();
  if (!browser) throw new Error('this tab has no browser that can be asked');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  for (const { type, id } of processInfo) {
    if (type !== 'renderer') continue;
    process.kill(id, 'SIGSTOP');
    const since = Date.now();
    if (await answers(page)) {
      process.kill(id, 'SIGCONT');
      continue;
    }
    const resume = async () => void process.kill(id, 'SIGCONT');
    for (const other of others) {
      if (await answers(other)) continue;
      await resume();
      throw new Error('two tabs share one process here');
    }
    return { since, resume };
  }
  throw new Error('no process of this browser stops the tab');
}

/**
 * Freezes a tab as a browser does with one that was long out of sight: the page receives `freeze`, then nothing in it
 * runs. The words are ours, because Playwright keeps every tab in sight, and such a tab is not frozen; the
 * standing still is real.
 */
export async function freeze(page: Page, others: readonly Page[]): Promise<StandingStill> {
  await page.evaluate(() => void document.dispatchEvent(new Event('freeze')));
  const { since, resume } = await stopProcess(page, others);
  return {
    since,
    async resume() {
      await resume();
      await page.evaluate(() => void document.dispatchEvent(new Event('resume')));
    },
  };
}
