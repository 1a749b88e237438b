import { isAlive } from '../../scripts/processes.mjs';
import { expectTalking, openDirect, talk } from '../support/calling';
import { faultCase } from '../support/fault-case';
import { installGapMeter, readGaps, restartGapMeter } from '../support/gap-meter';
import { expect, test } from '../support/journey';
import { callRegion, conversations, disconnect, sendMessage } from '../support/screens';
import { readHealth } from '../support/server-set';

const fault = faultCase(54);

test.use({ appSettings: { CALL_REJOIN_SECONDS: '15' } });

test('each of two servers killed in turn mid-call: both talk on without a gap, and the rest is right within 5 s', async ({
  set,
  person,
  expectConsole,
}) => {
  test.setTimeout(240_000);
  // Requests and streams of the server that died.
  expectConsole(/status of 502|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|Failed to fetch|network error/i);
  const [alice, bob] = [await person('alice'), await person('bob')];
  for (const { page } of [alice, bob]) {
    await installGapMeter(page);
    await page.reload();
    await expect(conversations(page)).toBeVisible();
  }
  await openDirect(bob, alice);
  await talk(alice, bob);
  for (const { page } of [alice, bob]) await restartGapMeter(page);

  for (const [number, server] of set.servers.entries()) {
    const { app, job } = server.pids();
    fault.did(`SIGKILL to server ${number + 1} of 2 (process ${app})`);
    const killedAt = performance.now();
    process.kill(app, 'SIGKILL');
    const text = `Are you there, ${number + 1}?`;
    await sendMessage(bob.page, text);
    await expect(alice.page.getByText(text).first()).toBeVisible({ timeout: 20_000 });
    fault.within('a message is seen by the other after the kill', 5000, performance.now() - killedAt);
    await expectTalking(alice, bob);
    await expect.poll(() => isAlive(job)).toBe(false);
    await server.startAgain();
    await expect
      .poll(async () => (await Promise.all(set.servers.map(readHealth))).map((health) => health?.servers))
      .toEqual([2, 2]);
  }

  for (const [name, { page }] of Object.entries({ Alice: alice, Bob: bob })) {
    const { longestMs, heardMs } = await readGaps(page);
    expect(heardMs).toBeGreaterThan(1000);
    fault.within(`longest silence that ${name} heard`, 200, longestMs);
  }
  const leftAt = performance.now();
  await disconnect(bob.page).click();
  await expect(callRegion(alice.page)).toBeHidden({ timeout: 3000 });
  fault.within('a leave seen by the other afterwards', 3000, performance.now() - leftAt);
});
