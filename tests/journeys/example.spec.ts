import { type Browser, expect, type Page, test } from '@playwright/test';
import { freePort } from '../../scripts/free-ports.mjs';
import { type RunningApp, startApp } from '../support/running-app';
import { accept, callPhase, callRegion, callTimer, disconnect, participant } from '../support/screens';
import { giveVoice, hears, hearsNothing, tones } from '../support/voice';
import { switchNoiseFilterOff } from '../support/voice-in-page';

/** `npm run example`: the app of `examples/vite-app` with the packed kit, as a developer starts it. */
test.setTimeout(240_000);
let parley: RunningApp | undefined;
let garden = '';
const errors: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(420_000);
  const port = await freePort(5300);
  garden = `http://localhost:${port}`;
  parley = await startApp({ GARDEN_PORT: String(port) }, 9, {
    script: 'scripts/example.mjs',
    ready: 'PIN 1212',
    withinMs: 400_000,
  });
});
test.afterAll(() => parley?.stop());

/** A browser in which this person has opened the gate. */
async function open(browser: Browser, name: 'Alice' | 'Bob', pin: string): Promise<Page> {
  const context = await browser.newContext({ permissions: ['microphone', 'camera'] });
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(`${name}: ${error.stack ?? error.message}`));
  page.on('console', (line) => line.type() === 'error' && errors.push(`${name}: ${line.text()}`));
  await page.addInitScript(switchNoiseFilterOff);
  await giveVoice(page, tones[name.toLowerCase()] ?? 900);
  // The first page waits until Vite has bundled what the app needs.
  await page.goto(garden, { timeout: 60_000 });
  await page.getByLabel('Whose plot?').selectOption({ label: `${name}, plot ${name === 'Bob' ? 12 : 7}` });
  await page.getByLabel('PIN of the gate').fill(pin);
  await page.getByRole('button', { name: 'Open the gate' }).click();
  await expect(page.getByText(`You are ${name}`)).toBeVisible();
  return page;
}

const [aliceHz, bobHz] = [tones.alice ?? 0, tones.bob ?? 0];

test('Alice calls Bob from the list of the example, both hear each other on LiveKit’s tiles, and she hangs up', async ({
  browser,
}) => {
  const alice = await open(browser, 'Alice', '7007');
  const bob = await open(browser, 'Bob', '1212');
  await alice.getByRole('listitem', { name: 'Bob' }).getByRole('button', { name: 'Call' }).click();
  await expect(callPhase(alice, 'outgoing')).toBeVisible();
  await accept(bob, 'Alice').click();
  for (const page of [alice, bob]) {
    await expect(callPhase(page, 'connected')).toBeVisible();
    await expect(callTimer(page)).toBeVisible();
  }
  await Promise.all([hears(alice, bobHz), hears(bob, aliceHz)]);
  const tile = participant(alice, 'Bob').locator('.lk-participant-tile');
  await expect(tile).toContainText('Bob, plot 12');
  await expect(tile).toHaveAttribute('data-lk-local-participant', 'false');
  await disconnect(alice).click();
  for (const page of [alice, bob]) {
    await expect(callRegion(page)).toBeHidden();
    await hearsNothing(page);
  }
  expect(errors).toEqual([]);
});

test('a page of another site cannot call through the example, and neither can a wrong PIN', async ({
  request,
}) => {
  const signIn = (site: string, pin: string) =>
    request.post(`${garden}/garden/sign-in`, {
      headers: { 'sec-fetch-site': site },
      data: { id: 'carol', pin },
    });
  expect((await signIn('same-origin', '0000')).status()).toBe(401);
  expect((await signIn('cross-site', '3003')).status()).toBe(403);
  expect((await signIn('same-origin', '3003')).status()).toBe(200);
  const { people } = await (await request.get(`${garden}/garden/people`)).json();
  const { callId: userId } = people.find(({ name }: { name: string }) => name === 'Bob');
  const call = (headers: Record<string, string>) =>
    request.post(`${garden}/parley/calls`, { headers, data: { userId, clientId: 'tab-of-carol' } });
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://elsewhere.example' },
  ])
    expect(await (await call(headers)).json()).toMatchObject({ code: 'foreign_origin' });
  // Only calls and their events are there.
  expect((await request.get(`${garden}/parley/me`)).headers()['content-type']).not.toContain('json');
});
