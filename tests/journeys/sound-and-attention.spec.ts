import { callFromHeader, callFromProfile, expectNoCall, expectTalking } from '../support/calling';
import { askingArgs } from '../support/chromium';
import { expect, test } from '../support/journey';
import {
  accept,
  callControl,
  callPhase,
  callRegion,
  decline,
  disconnect,
  incomingWindow,
  sendMessage,
} from '../support/screens';

/** A browser that grants neither sound nor the microphone by itself. */
const asking = { browserArgs: askingArgs, context: { permissions: [] } };

test('a microphone refused at accept joins listen-only, says so, and offers the way to fix it', {
  tag: '@case-20',
}, async ({ person }) => {
  const [carol, bob] = [await person('carol'), await person('bob', asking)];
  await callFromHeader(carol, bob);
  await accept(bob.page, 'Carol').click();
  await expect(callPhase(bob.page, 'connected')).toBeVisible();
  const notice = callRegion(bob.page).getByRole('alert').filter({ hasText: 'Your microphone is blocked' });
  await expect(notice).toBeVisible();
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await bob.hears(carol);
  await carol.hearsNothing();

  await bob.page.context().grantPermissions(['microphone']);
  await notice.getByRole('button', { name: 'Allow microphone' }).click();
  await expectTalking(carol, bob);
  await expect(notice).toBeHidden();
  await disconnect(carol.page).click();
  await expectNoCall(carol, bob);
});

test('the tab title takes turns between the caller and the unread count, and the favicon rings', async ({
  person,
}) => {
  const [alice, bob, dave] = [await person('alice'), await person('bob'), await person('dave')];
  await bob.page.goto(bob.page.url().replace(/messages.*/, 'settings'));
  await callFromHeader(dave, bob);
  await decline(bob.page, 'Dave').click();
  await sendMessage(dave.page, 'Call me when you can');
  await expect(bob.page).toHaveTitle(/^\(\d+\) Settings · Parley$/);
  const icon = bob.page.locator('link[rel="icon"]');
  const usual = await icon.first().getAttribute('href');

  await callFromHeader(alice, bob);
  await expect(bob.page).toHaveTitle('Alice is calling');
  await expect(bob.page).toHaveTitle(/^\(\d+\) Settings · Parley$/);
  await expect(bob.page).toHaveTitle('Alice is calling');
  await expect(icon).toHaveAttribute('href', /^data:image/);
  await decline(bob.page, 'Alice').click();
  await expect(bob.page).toHaveTitle(/^\(\d+\) Settings · Parley$/);
  await expect(icon.first()).toHaveAttribute('href', usual ?? '');
  await expectNoCall(alice);
});

test('with permission, a tab that is not in front shows one system notification that goes with the ring', async ({
  person,
}) => {
  const [carol, dave] = [
    await person('carol'),
    await person('dave', { context: { permissions: ['microphone', 'notifications'] } }),
  ];
  await dave.page.evaluate(() => {
    const shown: { title: string; isClosed: boolean }[] = [];
    // A headless system shows none, so the page's own requests are what can be seen.
    class Noted extends EventTarget {
      static readonly permission = 'granted';
      onclick: (() => void) | null = null;
      private readonly note;
      constructor(title: string) {
        super();
        this.note = { title, isClosed: false };
        shown.push(this.note);
      }
      close() {
        this.note.isClosed = true;
      }
    }
    Object.assign(window, { Notification: Noted, shownNotifications: shown });
    // Visible, but another window has the keyboard.
    document.hasFocus = () => false;
  });
  await callFromProfile(carol, dave);
  await expect(incomingWindow(dave.page, 'Carol')).toBeVisible();
  const shown = () => dave.page.evaluate(() => Reflect.get(window, 'shownNotifications'));
  await expect.poll(shown).toEqual([{ title: 'Carol is calling', isClosed: false }]);
  await decline(dave.page, 'Carol').click();
  await expect.poll(shown).toEqual([{ title: 'Carol is calling', isClosed: true }]);
  await expectNoCall(carol);
});
