import { callFromHeader, expectNoCall } from '../support/calling';
import { expect, test } from '../support/journey';
import type { Person } from '../support/people';
import { accept, callControl, callPhase, disconnect } from '../support/screens';

async function chooseFilter({ page }: Person, choice: 'On' | 'Off') {
  await page.getByRole('combobox', { name: 'Noise filter' }).click();
  await page.getByRole('option', { name: choice, exact: true }).click();
}

/** The loudest moment of two syllables; root mean square, 0 to 1. */
const loudness = ({ page }: Person) =>
  page.evaluate(async () => {
    const until = performance.now() + 400;
    let loudest = 0;
    while (performance.now() < until) {
      loudest = Math.max(loudest, window.parleyVoice?.loudness() ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return loudest;
  });

test('the noise filter takes hiss out of what others hear, leaves a voice, and is muted with the microphone', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const asked: string[] = [];
  alice.page.on('request', (request) => asked.push(new URL(request.url()).host));
  await callFromHeader(alice, bob);
  await accept(bob.page, 'Alice').click();
  await expect(callPhase(bob.page, 'connected')).toBeVisible();
  await bob.hears(alice);

  await alice.page.evaluate(() => window.parleyVoice?.setSound('hiss'));
  await expect.poll(() => loudness(bob)).toBeGreaterThan(0.03);
  await alice.page.getByRole('link', { name: 'Settings', exact: true }).first().click();
  await chooseFilter(alice, 'On');
  await expect.poll(() => loudness(bob)).toBeLessThan(0.01);

  await alice.page.evaluate(() => window.parleyVoice?.setSound('vowels'));
  await expect.poll(() => loudness(bob)).toBeGreaterThan(0.03);
  const microphone = callControl(alice.page, 'Microphone');
  await microphone.click();
  await bob.hearsNothing();
  await microphone.click();
  await expect.poll(() => loudness(bob)).toBeGreaterThan(0.03);

  await alice.page.evaluate(() => window.parleyVoice?.setSound('hiss'));
  await expect.poll(() => loudness(bob)).toBeLessThan(0.01);
  await chooseFilter(alice, 'Off');
  await expect.poll(() => loudness(bob)).toBeGreaterThan(0.03);
  // Worklet and model come from Parley, like everything else.
  expect(new Set(asked)).toEqual(new Set([new URL(alice.page.url()).host]));
  await disconnect(bob.page).click();
  await expectNoCall(alice, bob);
});

test('a person hears their own voice with and without the noise filter in Settings', async ({ person }) => {
  const alice = await person('alice', { path: '/settings' });
  const main = alice.page.getByRole('main');
  await main.getByRole('button', { name: 'Record', exact: true }).click();
  for (const name of ['Play before', 'Play after']) {
    await main.getByRole('button', { name }).click();
    await main.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(main.getByRole('button', { name })).toBeVisible();
  }
  await expect(main.getByRole('button', { name: 'Record again' })).toBeVisible();
  await expect(main.getByRole('alert')).toHaveCount(0);
});
