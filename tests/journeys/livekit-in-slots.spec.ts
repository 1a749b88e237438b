import type { Page } from '@playwright/test';
import { callFromProfile, expectNoCall, expectTalking, shownName } from '../support/calling';
import { expect, test } from '../support/journey';
import { serveOwnSlots } from '../support/own-slots-page';
import type { Person } from '../support/people';
import { accept, callControl, callPhase, callRegion, participant } from '../support/screens';

/** An app that fills slots of the kit with LiveKit's own components (`tests/own-slots`), and Parley on the other side. */
let own: Awaited<ReturnType<typeof serveOwnSlots>> | undefined;
test.beforeEach(async ({ app }) => {
  own ??= await serveOwnSlots(app);
});
test.afterAll(() => own?.stop());

const liveKit = (page: Page, name: string) => page.getByRole('button', { name: `LiveKit ${name}` });

/** What a call needs, by the names of the files that bring it. */
const parts = ['call-parts', 'livekit-client', 'components-react'];

/** Resolves once the page has loaded what a call needs; until then the kit shows less of it. */
async function haveParts(page: Page): Promise<void> {
  await page.waitForFunction(
    (names) => {
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
      return names.every((name) => loaded.some((url) => url.includes(name)));
    },
    parts,
    { timeout: 60_000 },
  );
}

/** Opens the app as this person and resolves once what a call needs has come. */
async function openOwnApp({ page }: Person, search = ''): Promise<void> {
  // A browser lists 250 files by default; served one by one, the sources are more.
  await page.addInitScript(() => performance.setResourceTimingBufferSize(10_000));
  await page.goto(`${own?.url}/${search}`, { timeout: 60_000 });
  await haveParts(page);
}

/** Loads the page anew during a call and resolves once it is back in the call. */
async function reload({ page }: Person): Promise<void> {
  await page.reload();
  await haveParts(page);
  await expect(callPhase(page, 'connected')).toBeVisible({ timeout: 30_000 });
}

/** The two take turns as the caller: one person may ring another three times a minute. */
async function talkFromOwnApp(caller: Person, callee: Person): Promise<void> {
  await openOwnApp(caller);
  const line = caller.page.getByRole('listitem', { name: shownName(callee), exact: true }).first();
  await line.getByRole('button', { name: 'Call', exact: true }).click();
  await accept(callee.page, shownName(caller)).click();
  // The page is served file by file: its connection takes longer than Parley's own.
  await expect(callPhase(caller.page, 'connected')).toBeVisible({ timeout: 30_000 });
  await expectTalking(caller, callee);
  await expect(liveKit(caller.page, 'microphone')).toBeVisible();
}

/** The pictures that move on this page. */
const moving = (page: Page, selector: string) =>
  page.evaluate(
    (selected) =>
      [...document.querySelectorAll<HTMLVideoElement>(selected)].filter(
        ({ videoWidth, currentTime }) => videoWidth > 0 && currentTime > 0,
      ).length,
    selector,
  );

test('LiveKit’s own components show the call in the slots, and nothing around them is mounted anew', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talkFromOwnApp(alice, bob);
  const { page } = alice;
  const call = callRegion(page);

  const theirs = participant(page, 'Bob');
  await expect(theirs.getByText('No picture')).toBeVisible();
  await expect(participant(page, 'Alice').locator('.lk-participant-tile')).toHaveAttribute(
    'data-lk-audio-muted',
    'false',
  );
  await expect(page.getByRole('status', { name: 'Speaking' })).toContainText('user_');
  await expect(theirs.locator('.lk-connection-quality')).toHaveAttribute('data-lk-quality', /excellent|good/);
  // The bars show what lies far above a tone.
  await bob.page.evaluate(() => window.parleyVoice?.setSound('hiss'));
  const heights = () =>
    theirs
      .locator('.lk-audio-bar')
      .evaluateAll((bars) => bars.map((bar) => Number.parseFloat((bar as HTMLElement).style.height)));
  await expect.poll(async () => Math.max(...(await heights()))).toBeGreaterThan(20);

  await callControl(bob.page, 'Camera').click();
  await expect(theirs.locator('.lk-participant-media-video')).toBeVisible();
  await expect.poll(() => moving(page, 'video.lk-participant-media-video')).toBeGreaterThan(0);

  await call.getByRole('button', { name: 'Full window' }).click();
  await expect(call.locator('.lk-grid-layout .lk-participant-tile')).toHaveCount(2);
  await page.getByRole('button', { name: 'Change layout' }).click();
  await expect(call.locator('.lk-grid-layout')).toHaveCount(0);
  await expect(call.locator('.lk-participant-tile')).toHaveCount(1);
  await expect.poll(() => moving(page, '.lk-participant-tile video')).toBe(1);
  await page.getByRole('button', { name: 'Smaller' }).click();
  await expect(theirs).toBeVisible();
  expect(await page.evaluate(() => globalThis.pageMounts)).toBe(1);

  await page.getByRole('button', { name: 'Home' }).click();
  await liveKit(page, 'microphone').click();
  await expect(call.getByRole('button', { name: 'Microphone', exact: true })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await bob.hearsNothing();
});

test('LiveKit’s own toggle mutes for everyone, and a reload rejoins muted', async ({ person }) => {
  const [bob, alice] = [await person('bob'), await person('alice')];
  await talkFromOwnApp(bob, alice);
  await liveKit(bob.page, 'microphone').click();
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await expect(participant(alice.page, 'Bob').getByText('Muted')).toBeVisible();
  await alice.hearsNothing();

  await reload(bob);
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await expect(liveKit(bob.page, 'microphone')).toHaveAttribute('aria-pressed', 'false');
  await bob.hears(alice);
  await alice.hearsNothing();

  await liveKit(bob.page, 'microphone').click();
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'true');
  await alice.hears(bob);
});

test('a camera that LiveKit’s own toggle switched is the call’s camera, also after a reload', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talkFromOwnApp(alice, bob);
  const isOn = (on: boolean) =>
    expect(callControl(alice.page, 'Camera')).toHaveAttribute('aria-pressed', String(on));
  const shown = participant(bob.page, 'Alice').locator('video');
  await liveKit(alice.page, 'camera').click();
  await isOn(true);
  await expect(shown).toBeVisible();
  await reload(alice);
  // The app does not remember which conversation was open.
  await alice.page.getByRole('button', { name: /^Back to the call/ }).click();
  await isOn(true);
  await expect(shown).toBeVisible();
  await liveKit(alice.page, 'camera').click();
  await isOn(false);
  await expect(shown).toBeHidden();
  await reload(alice);
  // The app does not remember which conversation was open.
  await alice.page.getByRole('button', { name: /^Back to the call/ }).click();
  await alice.hears(bob);
  await isOn(false);
});

test('a microphone that the app withdraws and publishes itself is the call’s microphone', async ({
  person,
}) => {
  const [bob, alice] = [await person('bob'), await person('alice')];
  await talkFromOwnApp(bob, alice);
  const control = callControl(bob.page, 'Microphone');
  await bob.page.evaluate(async () => {
    const self = globalThis.liveKitRoom?.localParticipant;
    for (const { track } of self?.audioTrackPublications.values() ?? [])
      if (track) await self?.unpublishTrack(track);
  });
  await expect(control).toHaveAttribute('aria-pressed', 'false');
  await alice.hearsNothing();
  await bob.page.evaluate(() => globalThis.liveKitRoom?.localParticipant.setMicrophoneEnabled(true));
  await expect(control).toHaveAttribute('aria-pressed', 'true');
  await alice.hears(bob);
  await control.click();
  await alice.hearsNothing();
  await control.click();
  await alice.hears(bob);
  expect(
    await bob.page.evaluate(() => globalThis.liveKitRoom?.localParticipant.audioTrackPublications.size),
  ).toBe(1);
});

test('disconnecting LiveKit’s room leaves the call: it ends for the other at once, and nothing rejoins', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talkFromOwnApp(alice, bob);
  const left = alice.page.waitForRequest((request) => request.url().endsWith('/leave'));
  await liveKit(alice.page, 'disconnect').click();
  expect((await (await left).response())?.status()).toBe(200);
  await expectNoCall(alice, bob);
  await expect(bob.page.getByText('Alice’s connection dropped')).toHaveCount(0);
});

test('a lost connection is still taken up again, and so is a page that was put aside', async ({ person }) => {
  const [bob, alice] = [await person('bob'), await person('alice')];
  await talkFromOwnApp(bob, alice);
  const rejoined = () => bob.page.waitForRequest((request) => request.url().endsWith('/join'));
  const again = rejoined();
  await bob.page.evaluate(() => {
    document.dispatchEvent(new Event('freeze'));
    document.dispatchEvent(new Event('resume'));
  });
  await again;
  await expectTalking(bob, alice);
  await bob.page.evaluate(() => globalThis.liveKitRoom?.simulateScenario('full-reconnect'));
  await expectTalking(bob, alice);
});

test('the page loads nothing of LiveKit before a call comes near', async ({ person }) => {
  // A context of its own: its clock stands still, for every page that comes after.
  const alice = await person('alice', { ownSignIn: true });
  const loaded: string[] = [];
  alice.page.on('request', (request) => loaded.push(request.url()));
  const ofLiveKit = () => loaded.filter((url) => /livekit/i.test(url));
  await alice.page.clock.install({ time: 0 });
  await alice.page.clock.pauseAt(1000);
  await alice.page.goto(`${own?.url}/`, { timeout: 60_000 });
  await expect(alice.page.getByRole('button', { name: 'Call', exact: true }).first()).toBeVisible();
  // A quiet moment loads the parts of a call; LiveKit comes after four seconds.
  await alice.page.clock.runFor(1000);
  await expect.poll(() => loaded.some((url) => url.includes('call-parts'))).toBe(true);
  expect(ofLiveKit()).toEqual([]);
  await alice.page.clock.runFor(4000);
  await expect.poll(() => ofLiveKit().some((url) => url.includes('components-react'))).toBe(true);
});

/** Two seconds of a tone, as a file that every browser plays. */
function tune(): Buffer {
  const rate = 8000;
  const wave = Buffer.from(Array.from({ length: 2 * rate }, (_, at) => 128 + 60 * Math.sin(at / 3)));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + wave.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(wave.length, 40);
  return Buffer.concat([head, wave]);
}

test('a ringer of the app’s own plays its tune while it rings, and stops with the answer', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const { page } = alice;
  await page.route('**/our-tune.mp3', (route) => route.fulfill({ body: tune(), contentType: 'audio/wav' }));
  await page.addInitScript(() => {
    const heard: HTMLAudioElement[] = [];
    const Original = Audio;
    globalThis.Audio = class extends Original {
      constructor(src?: string) {
        super(src);
        heard.push(this);
      }
    };
    Object.assign(globalThis, { heard });
  });
  const playing = () =>
    page.evaluate(() =>
      (Reflect.get(globalThis, 'heard') as HTMLAudioElement[])
        .filter(({ paused, currentTime }) => !paused && currentTime > 0)
        .map(({ src }) => new URL(src).pathname),
    );
  await openOwnApp(alice, '?own-sounds');
  await callFromProfile(bob, alice);
  await accept(page, 'Bob').waitFor();
  await expect.poll(playing).toEqual(['/our-tune.mp3']);
  await accept(page, 'Bob').click();
  await expect(callPhase(page, 'connected')).toBeVisible({ timeout: 30_000 });
  await expect.poll(playing).toEqual([]);
});
