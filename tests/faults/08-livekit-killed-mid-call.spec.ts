import { isOurLivekit } from '../../scripts/livekit-api.mjs';
import { readSecrets } from '../../scripts/secrets.mjs';
import { expectTalking, talk } from '../support/calling';
import { faultCase } from '../support/fault-case';
import { expect, test } from '../support/journey';
import { callRegion } from '../support/screens';

const fault = faultCase(8);

test.use({ appSettings: { CALL_REJOIN_SECONDS: '15' } });

test('kill -9 of LiveKit mid-call: it is restarted, everyone reconnects, and the same call goes on', async ({
  app,
  person,
  expectConsole,
}) => {
  expectConsole(
    /ConnectionError|WebSocket|ERR_CONNECTION_REFUSED|livekit|404|rtc|signal|Failed to load resource/i,
  );
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  const { livekitKey: key, livekitSecret: secret } = readSecrets(app.dataDir);
  const { livekit } = app.pids();
  const liveCall = async () => {
    const answer = await alice.page.request.get(`${app.url}/api/calls?limit=1`);
    return (await answer.json()).entries[0];
  };
  const before = await liveCall();
  expect(before.outcome).toBe('live');

  fault.did(`SIGKILL to LiveKit (process ${livekit})`);
  const killedAt = performance.now();
  process.kill(livekit, 'SIGKILL');
  const shown = callRegion(alice.page).getByText('Reconnecting').first();
  await expect(shown).toBeVisible({ timeout: 5000 });
  fault.within('“Reconnecting…” on the screen', 5000, performance.now() - killedAt);
  await expect
    .poll(
      async () => app.pids().livekit !== livekit && isOurLivekit({ port: app.livekitPort, key, secret }),
      { timeout: 5000, intervals: [50] },
    )
    .toBe(true);
  const backAt = performance.now();
  fault.within('LiveKit was restarted', 5000, backAt - killedAt);

  await expect(shown).toBeHidden({ timeout: 20_000 });
  await Promise.all([alice.hears(bob, 20_000), bob.hears(alice, 20_000)]);
  fault.within('both hear each other again after its return', 15_000, performance.now() - backAt);
  await expectTalking(alice, bob);
  const after = await liveCall();
  expect(after).toMatchObject({ callId: before.callId, outcome: 'live' });
});

test('LiveKit that does not come back: the call has failed within 30 s, and says so', async ({
  app,
  person,
  expectConsole,
}) => {
  expectConsole(/ConnectionError|WebSocket|ERR_|livekit|404|rtc|signal|Failed to load resource/i);
  const [carol, dave] = [await person('carol'), await person('dave')];
  await talk(carol, dave);
  const { livekit } = app.pids();
  fault.did(`SIGSTOP to LiveKit (process ${livekit}): it neither answers nor ends, so nothing restarts it`);
  const stoppedAt = performance.now();
  process.kill(livekit, 'SIGSTOP');
  try {
    await expect
      .poll(
        async () =>
          (await (await carol.page.request.get(`${app.url}/api/calls?limit=1`)).json()).entries[0].outcome,
        { timeout: 45_000, intervals: [200] },
      )
      .toBe('failed');
    fault.within('the call was ended as failed after the last answer', 30_000, performance.now() - stoppedAt);
  } finally {
    process.kill(livekit, 'SIGCONT');
  }
});
