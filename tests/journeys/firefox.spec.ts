/*
 * Chromium and Firefox in one call. Firefox is the one that people have (Debian's firefox-esr), driven over
 * WebDriver BiDi, because Playwright drives only a Firefox of its own make.
 *
 * Its limits: both browsers and LiveKit are on one machine, over loopback, with the preferences that takes
 * (tests/support/firefox.ts); microphone and camera are Firefox's fakes without a prompt, and sound
 * needs no click there. What Firefox receives is judged by packets and by the element that plays them,
 * because its energy figure starts tiny; what Chromium receives by tone and energy, as everywhere. Firefox
 * plays into a sound device that it imitates itself. Not looked at: screen sharing, a real microphone,
 * Firefox on a phone.
 */
import { expectNoCall, openDirect } from '../support/calling';
import { bringInFirefox, type FirefoxPerson } from '../support/firefox';
import { expect, test } from '../support/journey';
import { accept, callPhase, callRegion, callTimer, headerCall, incomingWindow } from '../support/screens';

const connected = '[aria-label="Call"][data-call-phase="connected"]';
const incoming = '[role="alertdialog"][aria-label="Incoming call from Alice"]';

test('Chromium calls Firefox, both hear each other, and Firefox leaves; then Firefox calls Chromium', async ({
  app,
  person,
}) => {
  const alice = await person('alice');
  const bob: FirefoxPerson = await bringInFirefox('bob', 700, app.url);
  try {
    await openDirect(alice, bob);
    await headerCall(alice.page).click();
    await bob.sees(incoming);
    await expect.poll(bob.notes, 'notes of the ringtone').toBeGreaterThan(6);
    await expect(callRegion(alice.page).getByText('Ringing…').first()).toBeVisible();
    await bob.press('Accept');
    await bob.sees(connected);
    await expect(callPhase(alice.page, 'connected')).toBeVisible();
    await expect(callTimer(alice.page)).toBeVisible();
    await Promise.all([alice.hears(bob), bob.hears()]);

    await bob.press('Microphone');
    await alice.hearsNothing();
    await bob.press('Microphone');
    await alice.hears(bob);

    // Shown for eight seconds, so looked for from before the press.
    await Promise.all([
      expect(alice.page.getByText('Call ended').first()).toBeVisible(),
      bob.press('Disconnect'),
    ]);
    await bob.seesNot('[aria-label="Call"][data-call-phase]');
    await expectNoCall(alice);

    await bob.press('Alice', 'a');
    const struck = await bob.notes();
    await bob.press('Call');
    await expect.poll(bob.notes, 'notes of the ringback').toBeGreaterThan(struck);
    await accept(alice.page, 'Bob').click();
    await bob.sees(connected);
    await Promise.all([alice.hears(bob), bob.hears()]);
    await expect(incomingWindow(alice.page, 'Bob')).toBeHidden();
    await alice.page.getByRole('button', { name: 'Disconnect' }).first().click();
    await bob.seesNot('[aria-label="Call"][data-call-phase]');
    await expectNoCall(alice);
    expect(bob.complaints, 'errors on the console of Firefox').toEqual([]);
  } finally {
    await bob.close();
  }
});
