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
  // A reader outside the call who sees how it ended: Alice on another browser, with a sign-in of its own.
  const witness = await person('alice', { path: '/settings', ownSignIn: true });
  const [one, two] = [await startKillableBrowser(), await startKillableBrowser()];
  const alice = await bring('alice', {}, { browser: one.browser, app, signIns, watch });
  const bob = await bring('bob', {}, { browser: two.browser, app, signIns, watch });
  await talk(alice, bob);
  const talkedFrom = performance.now();
  await expect.poll(() => performance.now() - talkedFrom, { timeout: 10_000 }).toBeGreaterThan(4000);
  const newest = async () =>
    (await (await witness.page.request.get(`${app.url}/api/calls?limit=1`)).json()).entries[0];
  const { callId } = await newest();
  const { call } = await (await witness.page.request.get(`${app.url}/api/calls/${callId}`)).json();
  const readAt = performance.now();

  fault.did(`SIGKILL to the browsers of Alice (process ${one.pid}) and Bob (process ${two.pid})`);
  const killedAt = performance.now();
  const lengthAtDeath = call.elapsedMs + (killedAt - readAt);
  await Promise.all([one.kill(), two.kill()]);
  await expect
    .poll(async () => (await newest()).outcome, { timeout: 60_000, intervals: [200] })
    .toBe('completed');
  const endedAfter = performance.now() - killedAt;
  fault.within('ended after every browser was killed', 30_000 + rejoinMs, endedAfter);
  // LiveKit notices after about 20 s, the streams closed at once: neither that nor the rejoin time counts.
  fault.within('ghost time in the call’s length', 1000, Math.abs((await newest()).lengthMs - lengthAtDeath));
});
