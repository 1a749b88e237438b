import { talk } from '../support/calling';
import { faultCase } from '../support/fault-case';
import { expect, test } from '../support/journey';
import { startKillableBrowser } from '../support/killable-browser';
import { bring } from '../support/people';

const fault = faultCase(22);
const rejoinMs = 5000;

test.use({ appSettings: { CALL_REJOIN_SECONDS: String(rejoinMs / 1000) } });

test('every browser killed mid-call: the call has ended in time, and its length is what was talked', async ({
  app,
  person,
  signIns,
  watch,
}) => {
  test.setTimeout(180_000);
  // Somebody outside the call who can read how it ended: Alice on another browser.
  const witness = await person('alice', { path: '/settings' });
  const [one, two] = [await startKillableBrowser(), await startKillableBrowser()];
  const alice = await bring('alice', {}, { browser: one.browser, app, signIns, watch });
  const bob = await bring('bob', {}, { browser: two.browser, app, signIns, watch });
  await talk(alice, bob);
  const talkedFrom = performance.now();
  await expect.poll(() => performance.now() - talkedFrom, { timeout: 10_000 }).toBeGreaterThan(4000);

  fault.did(`SIGKILL to the browsers of Alice (process ${one.pid}) and Bob (process ${two.pid})`);
  const killedAt = performance.now();
  await Promise.all([one.kill(), two.kill()]);
  const newest = async () =>
    (await (await witness.page.request.get(`${app.url}/api/calls?limit=1`)).json()).entries[0];
  await expect
    .poll(async () => (await newest()).outcome, { timeout: 60_000, intervals: [200] })
    .toBe('completed');
  const endedAfter = performance.now() - killedAt;
  fault.within('ended after every browser was killed', 30_000 + rejoinMs, endedAfter);
  const talkedMs = killedAt - talkedFrom;
  // The rejoin time is not counted. LiveKit notices a crash after about 20 s, and a lost webhook costs a
  // tick of 4 s: until then the server takes a crashed browser for one that talks.
  fault.within('ghost time in the call’s length', 25_000, (await newest()).lengthMs - talkedMs);
});
