import { isAlive } from '../../scripts/processes.mjs';
import { expectTalking, talk } from '../support/calling';
import { faultCase } from '../support/fault-case';
import { installGapMeter, readGaps, restartGapMeter } from '../support/gap-meter';
import { expect, test } from '../support/journey';
import { callPhase, callRegion, conversations, disconnect } from '../support/screens';

const fault = faultCase(7);

test.use({ appSettings: { CALL_REJOIN_SECONDS: '15' } });

test('kill -9 of the app mid-call: both talk on without a gap, and are right again once it is back', async ({
  app,
  person,
  expectConsole,
}) => {
  test.setTimeout(180_000);
  // Requests and streams of the seconds without an app.
  expectConsole(
    /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|Failed to fetch|network error/i,
  );
  const [alice, bob] = [await person('alice'), await person('bob')];
  for (const { page } of [alice, bob]) {
    await installGapMeter(page);
    await page.reload();
    await expect(conversations(page)).toBeVisible();
  }
  await talk(alice, bob);
  for (const { page } of [alice, bob]) await restartGapMeter(page);

  const before = app.pids();
  fault.did(`SIGKILL to the app (process ${before.app}); LiveKit is process ${before.livekit}`);
  process.kill(before.app, 'SIGKILL');
  await expect.poll(() => isAlive(before.job)).toBe(false);
  expect(isAlive(before.livekit)).toBe(true);
  await expectTalking(alice, bob);
  await app.startAgain();
  expect(app.pids().livekit, 'the LiveKit that outlived it is taken over').toBe(before.livekit);
  const backAt = performance.now();

  await expect(callPhase(alice.page, 'connected')).toBeVisible();
  await expectTalking(alice, bob);
  for (const [name, { page }] of Object.entries({ Alice: alice, Bob: bob })) {
    const { longestMs, heardMs } = await readGaps(page);
    expect(heardMs).toBeGreaterThan(1000);
    fault.within(`longest silence that ${name} heard`, 200, longestMs);
  }
  // The interface is right: what one does, the other sees at once.
  const leftAt = performance.now();
  await disconnect(bob.page).click();
  await expect(callRegion(alice.page)).toBeHidden({ timeout: 3000 });
  fault.within('a leave seen by the other after the restart', 3000, performance.now() - leftAt);
  fault.did(`judged ${Math.round(performance.now() - backAt)} ms after the app was back`);
});
