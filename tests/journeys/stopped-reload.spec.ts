import type { Page } from '@playwright/test';
import { expectNoCall, expectTalking, talk } from '../support/calling';
import { grantedArgs } from '../support/chromium';
import { expect, test } from '../support/journey';
import { sampleOtherSide } from '../support/other-side';
import { callControl, callPhase, callRegion, disconnect } from '../support/screens';
import { freeze, standingStillWords } from '../support/standing-still';

/** Makes the page ask whether it may go, and answers that it stays; resolves when it has asked. */
async function tryToReload(page: Page): Promise<void> {
  await page.evaluate(() => window.addEventListener('beforeunload', (event) => event.preventDefault()));
  const asked = page.waitForEvent('dialog');
  // The reload itself ends only with the dialog.
  const reload = page.evaluate(() => location.reload());
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await reload;
}

test('a reload that the person stops does not touch the call: no participant hears a gap or sees one leave', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  const otherSide = await sampleOtherSide(alice.page, 'Bob');
  await tryToReload(bob.page);
  await Promise.all([alice.hears(bob), bob.hears(alice)]);
  const samples = await otherSide.stop();
  await expect(callPhase(bob.page, 'connected')).toBeVisible();
  expect(samples.length).toBeGreaterThan(20);
  expect(samples.filter(({ words, phase }) => words !== '' || phase !== 'connected')).toEqual([]);
  expect(samples.filter(({ loudness }) => loudness < 0.01)).toEqual([]);
  await disconnect(bob.page).click();
  await expectNoCall(alice, bob);
});

test('a tab that was frozen goes back into its call when it wakes up, muted as it was', async ({
  person,
  expectConsole,
}) => {
  expectConsole(standingStillWords);
  const [alice, bob] = [await person('alice'), await person('bob', { browserArgs: grantedArgs })];
  await talk(alice, bob);
  await callControl(bob.page, 'Microphone').click();
  await alice.hearsNothing();
  const still = await freeze(bob.page, []);
  try {
    await expect(callRegion(alice.page).getByText(/if Bob does not come back/)).toBeVisible();
  } finally {
    await still.resume();
  }
  await expect(callPhase(bob.page, 'connected')).toBeVisible();
  await bob.hears(alice);
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await alice.hearsNothing();
  await callControl(bob.page, 'Microphone').click();
  await expectTalking(alice, bob);
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
});

test('a page that was put aside by the browser and shown again goes back into its call', async ({
  person,
}) => {
  const [carol, dave] = [await person('carol'), await person('dave')];
  await talk(carol, dave);
  // The event of a page that the browser keeps while it shows another one.
  await dave.page.evaluate(() => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await expect(callRegion(dave.page).getByText('Reconnecting').first()).toBeVisible();
  await expectTalking(carol, dave);
  await disconnect(carol.page).click();
  await expectNoCall(carol, dave);
});

test('a page that is closed leaves the call at once, as before', async ({ person }) => {
  const [alice, carol] = [await person('alice'), await person('carol')];
  await talk(alice, carol);
  await carol.page.close({ runBeforeUnload: true });
  const closedAt = performance.now();
  await expect(callRegion(alice.page).getByText(/if Carol does not come back/)).toBeVisible();
  // Without a clean leave LiveKit takes 20 s to notice.
  expect(performance.now() - closedAt).toBeLessThan(5000);
  await disconnect(alice.page).click();
  await expectNoCall(alice);
});
