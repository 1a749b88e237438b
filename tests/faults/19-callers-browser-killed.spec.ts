import { callFromHeader } from '../support/calling';
import { faultCase } from '../support/fault-case';
import { expect, test } from '../support/journey';
import { startKillableBrowser } from '../support/killable-browser';
import { bring } from '../support/people';
import { incomingWindow } from '../support/screens';

const fault = faultCase(19);
const rejoinMs = 5000;

test.use({ appSettings: { CALL_REJOIN_SECONDS: String(rejoinMs / 1000) } });

test('the caller’s browser dies mid-ring: the ring is cancelled in time, and there is one missed call', async ({
  app,
  person,
  signIns,
  watch,
}) => {
  test.setTimeout(180_000);
  const dave = await person('dave');
  const killable = await startKillableBrowser();
  const carol = await bring('carol', {}, { browser: killable.browser, app, signIns, watch });
  const missed = async () =>
    (await (await dave.page.request.get(`${app.url}/api/calls?filter=missed`)).json()).entries.length;
  const before = await missed();
  await callFromHeader(carol, dave);

  fault.did(`SIGKILL to Carol’s browser (process ${killable.pid}) while Dave’s rings`);
  const killedAt = performance.now();
  await killable.kill();
  await expect(incomingWindow(dave.page, 'Carol')).toBeHidden({ timeout: 60_000 });
  // About 20 s until LiveKit reports her gone, a tick of the reconciler, and the rejoin time.
  fault.within('cancelled after the crash', 20_000 + 4_000 + rejoinMs + 1_000, performance.now() - killedAt);
  await expect.poll(missed).toBe(before + 1);
  fault.atMost('missed calls', 1, (await missed()) - before, 'entries');
});
