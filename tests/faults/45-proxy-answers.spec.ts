import { expectTalking, talk } from '../support/calling';
import { faultCase } from '../support/fault-case';
import { type FalseResponse, startAnsweringProxy } from '../support/fault-proxy';
import { expect, test } from '../support/journey';
import { callPhase, callRegion, composer, conversations, disconnect } from '../support/screens';

const fault = faultCase(45);

const page = '<!doctype html><title>Sign in to the network</title><h1>Sign in</h1>';
const answers: FalseResponse[] = [
  { status: 401, type: 'text/html', body: page },
  { status: 401, type: 'application/json', body: '{"error":"unauthorized"}' },
  { status: 403, type: 'text/plain', body: 'Forbidden' },
  { status: 502, type: 'text/html', body: '<h1>502 Bad Gateway</h1>' },
  { status: 200, type: 'text/html', body: page },
];

test('a proxy responds with 401, 403, 502 or a page on every route: no person is signed out, and the call goes on', async ({
  app,
  person,
  expectConsole,
}) => {
  test.setTimeout(240_000);
  expectConsole(/Failed to load resource|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION/);
  const proxy = await startAnsweringProxy(app.port);
  try {
    const [alice, bob] = [await person('alice'), await person('bob')];
    await alice.page.goto(`${proxy.url}/messages`);
    await expect(conversations(alice.page)).toBeVisible();
    await talk(alice, bob);
    const address = alice.page.url();

    for (const answer of answers) {
      fault.did(`the proxy of Alice answers everything with ${answer.status} ${answer.type}`);
      proxy.answerWith(answer);
      const streams = () => proxy.answered.filter((path) => path === '/api/events').length;
      await expect.poll(streams, { timeout: 20_000 }).toBeGreaterThan(1);
      await composer(alice.page).fill(`not now ${answer.status}`);
      await composer(alice.page).press('Enter');
      await expect(alice.page.getByText('The server can’t be reached').first()).toBeVisible();
      expect(alice.page.url()).toBe(address);
      await expectTalking(alice, bob);

      proxy.answerWith(null);
      const healedAt = performance.now();
      const words = `heard again after ${answer.status} ${Date.now()}`;
      await composer(bob.page).fill(words);
      await composer(bob.page).press('Enter');
      await expect(alice.page.getByText(words)).toBeVisible();
      fault.within(
        'everything arrives again after the proxy is healed',
        10_000,
        performance.now() - healedAt,
      );
      await expect(callPhase(alice.page, 'connected')).toBeVisible();
    }

    const leftAt = performance.now();
    await disconnect(alice.page).click();
    await expect(callRegion(bob.page)).toBeHidden({ timeout: 3000 });
    fault.within('a leave seen by the other afterwards', 3000, performance.now() - leftAt);
  } finally {
    await proxy.close();
  }
});
