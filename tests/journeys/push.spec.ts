import type { Page } from '@playwright/test';
import { expectTalking, openDirect } from '../support/calling';
import { grantedArgs } from '../support/chromium';
import { expect, test } from '../support/journey';
import { startNotificationBus } from '../support/notification-bus';
import type { Person } from '../support/people';
import { openPushService } from '../support/push-stub';
import { callRegion, callTimer, disconnect, headerCall, sendMessage } from '../support/screens';

const service = await openPushService();
test.use({ appSettings: { PARLEY_TEST_PUSH_SERVICE: service.origin } });
test.afterAll(() => service.close());

/** Saves a subscription of the stand-in push service for this browser, which can have none of a real one. */
async function subscribe({ page }: Person): Promise<void> {
  await page.evaluate(async (subscription) => {
    await navigator.serviceWorker.register('/service-worker.js');
    await navigator.serviceWorker.ready;
    const { serverKey } = await (await fetch('/api/push')).json();
    const answer = await fetch('/api/push', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...subscription, serverKey }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }, service.subscribe('phone'));
}

/** Delivers what the push service has received to the worker of this page's browser, as it would. */
async function deliverer(page: Page, origin: string) {
  const devtools = await page.context().newCDPSession(page);
  const registrations = new Map<string, string>();
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: updated }) => {
    for (const { registrationId, scopeURL } of updated) registrations.set(scopeURL, registrationId);
  });
  await devtools.send('ServiceWorker.enable');
  return async (kind: string) => {
    await expect.poll(() => service.received.map(({ payload }) => payload.kind)).toContain(kind);
    const message = service.received.splice(0).find(({ payload }) => payload.kind === kind);
    await expect.poll(() => registrations.get(`${origin}/`)).toBeDefined();
    await devtools.send('ServiceWorker.deliverPushMessage', {
      origin,
      registrationId: registrations.get(`${origin}/`) ?? '',
      data: JSON.stringify(message?.payload),
    });
  };
}

test('a browser without an open page rings, declines, and accepts into the call', async ({ app, person }) => {
  const alice = await person('alice');
  const bob = await person('bob', { browserArgs: grantedArgs });
  const context = bob.page.context();
  await context.grantPermissions(['microphone', 'notifications'], { origin: app.url });
  await openDirect(bob, alice);
  const conversation = bob.page.url();
  await subscribe(bob);
  const deliver = await deliverer(bob.page, app.url);
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const shown = () =>
    worker.evaluate(async () => {
      const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
      return (await registration.getNotifications()).map(({ title, data }) => ({ title, kind: data.kind }));
    });

  await test.step('it rings, and the caller reads that it does', async () => {
    await bob.page.goto('about:blank');
    await openDirect(alice, bob);
    await headerCall(alice.page).click();
    await expect(callRegion(alice.page).getByText('Calling…')).toBeVisible();
    await deliver('ring');
    await expect.poll(shown).toEqual([{ title: '\u2068Alice\u2069 is calling', kind: 'ring' }]);
    await expect(callRegion(alice.page).getByText('Ringing…')).toBeVisible();
  });

  await test.step('Decline declines without opening anything', async () => {
    await worker.evaluate(async () => {
      const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
      const [notification] = await registration.getNotifications();
      // Only what a person presses is trusted: this one runs the handler, which may open nothing.
      const event = new Event('notificationclick');
      Object.assign(event, { notification, action: 'decline', waitUntil: () => {} });
      globalThis.dispatchEvent(event);
    });
    await expect(alice.page.getByText('Bob declined').first()).toBeVisible();
    await deliver('withdrawal');
    await expect.poll(shown).toEqual([]);
  });

  await test.step('a ring that is cancelled becomes a missed call', async () => {
    await headerCall(alice.page).click();
    await deliver('ring');
    await expect.poll(shown).toEqual([{ title: '\u2068Alice\u2069 is calling', kind: 'ring' }]);
    await disconnect(alice.page).click();
    await deliver('withdrawal');
    await expect.poll(shown).toEqual([{ title: 'Missed call from \u2068Alice\u2069', kind: 'ended' }]);
  });

  await test.step('a message notifies, once for the conversation, until it is read', async () => {
    await sendMessage(alice.page, 'Are you there?');
    await deliver('message');
    const notified = { title: '\u2068Alice\u2069', kind: 'message' };
    await expect.poll(shown).toContainEqual(notified);
    await bob.page.goto(conversation);
    await bob.page.bringToFront();
    const messages = bob.page.getByRole('log', { name: 'Messages' });
    await expect(messages.getByText('Are you there?')).toBeVisible();
    await deliver('withdrawal');
    await expect.poll(shown).not.toContainEqual(notified);
    await bob.page.goto('about:blank');
  });

  await test.step('the address of the call alone accepts nothing; Accept lands in the call', async () => {
    await headerCall(alice.page).click();
    await deliver('ring');
    await expect.poll(async () => (await shown()).some(({ kind }) => kind === 'ring')).toBe(true);
    // What a press on Accept leaves; a window that it would open is opened here.
    await worker.evaluate(async () => {
      const scope = globalThis as unknown as { registration: ServiceWorkerRegistration };
      const notification = (await scope.registration.getNotifications()).find(
        ({ data }) => data.kind === 'ring',
      );
      const event = new Event('notificationclick');
      Object.assign(event, {
        notification,
        action: 'accept',
        waitUntil: (work: Promise<unknown>) => void work.catch(() => {}),
      });
      globalThis.dispatchEvent(event);
    });
    await bob.page.goto(conversation);
    await expectTalking(alice, bob);
    await disconnect(alice.page).click();
  });
});

test('ringing without a page is offered once, after the first call and not before', async ({
  app,
  person,
}) => {
  const carol = await person('carol', { isNew: true, browserArgs: grantedArgs });
  const { page } = carol;
  await page.context().grantPermissions(['microphone', 'notifications'], { origin: app.url });
  // Whom no other journey here gives a device.
  await openDirect(carol, { name: 'dave' });
  const offer = page.getByRole('region', { name: 'Ring when Parley is closed' });
  const notNow = offer.getByRole('button', { name: 'Not now' });
  await expect(offer).toBeHidden();
  await headerCall(page).click();
  await disconnect(page).click();
  await notNow.click();
  await expect(offer).toBeHidden();
  await page.reload();
  await headerCall(page).click();
  await disconnect(page).click();
  await expect(page.getByText('Cancelled').first()).toBeVisible();
  await expect(offer).toBeHidden();
});

test('pressed by a person, Accept opens a window in the call, and Decline opens none', async ({
  app,
  person,
}) => {
  const bus = await startNotificationBus();
  test.skip(bus === null, 'needs dbus, python3-dbus and python3-gi');
  if (!bus) return;
  try {
    const dave = await person('dave');
    const bob = await person('bob', {
      browserArgs: grantedArgs,
      ownProfile: { DBUS_SESSION_BUS_ADDRESS: bus.address },
    });
    const context = bob.page.context();
    await context.grantPermissions(['microphone', 'notifications'], { origin: app.url });
    await openDirect(bob, dave);
    await subscribe(bob);
    const deliver = await deliverer(bob.page, app.url);
    await bob.page.goto('about:blank');
    await openDirect(dave, bob);

    await headerCall(dave.page).click();
    await deliver('ring');
    const before = context.pages().length;
    await bus.press('Decline');
    await expect(dave.page.getByText('Bob declined').first()).toBeVisible();
    expect(context.pages()).toHaveLength(before);
    await deliver('withdrawal');

    await headerCall(dave.page).click();
    await deliver('ring');
    const opening = context.waitForEvent('page');
    await bus.press('Accept');
    const opened = await opening;
    await expect(callTimer(opened)).toBeVisible();
    await expect(callTimer(dave.page)).toBeVisible();
    await disconnect(dave.page).click();
    // Chromium ends when its desktop does.
    await context.close();
  } finally {
    await bus.close();
  }
});
