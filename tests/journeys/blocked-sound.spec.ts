import type { Page } from '@playwright/test';
import { expectNoCall, openDirect } from '../support/calling';
import { askingArgs } from '../support/chromium';
import { expect, test } from '../support/journey';
import { ringingAmong } from '../support/ringing';
import { decline, headerCall, incomingWindow } from '../support/screens';

// A trace looks into every page in a way that the browser takes for a click, and then nothing is blocked.
test.use({ trace: 'off' });

/** Reads from a page without touching it: what Playwright does counts as the person's click. */
async function lookAt<T>(page: Page, expression: string): Promise<T> {
  const session = await page.context().newCDPSession(page);
  const { result } = await session.send('Runtime.evaluate', { expression, returnByValue: true });
  await session.detach();
  return result.value;
}

test('where the browser blocks sound, the window says so, and one click lets it ring', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob', { browserArgs: askingArgs })];
  const untouched = await bob.newTab();
  const browser = await untouched.context().newCDPSession(untouched);
  await browser.send('Page.navigate', { url: bob.page.url() });
  await expect
    .poll(() => lookAt(untouched, "document.querySelector('nav[aria-label=Conversations]')?.textContent"))
    .toContain('Alice');
  await bob.page.close();
  await openDirect(alice, bob);
  await headerCall(alice.page).click();
  await expect
    .poll(() => lookAt(untouched, "document.querySelector('[role=alertdialog]')?.textContent"))
    .toContain('Sound is blocked here');
  expect(await lookAt(untouched, 'window.parleyVoice.notes.length')).toBe(0);
  const window = incomingWindow(untouched, 'Alice');
  await window.getByRole('button', { name: 'Click to hear' }).click();
  expect(await ringingAmong([untouched])).toEqual([untouched]);
  await expect(window.getByText('Sound is blocked here')).toBeHidden();
  await decline(untouched, 'Alice').click();
  await expectNoCall(alice);
});
