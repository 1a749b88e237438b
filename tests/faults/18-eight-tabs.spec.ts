import { faultCase } from '../support/fault-case';
import { expect, test } from '../support/journey';
import { composer, conversations, openConversation } from '../support/screens';

const fault = faultCase(18);

test('eight tabs of one browser over HTTP/1.1 share one stream, and the eighth works like the first', async ({
  app,
  person,
}) => {
  const erin = await person('erin');
  const streams = async () => {
    const text = await (await fetch(`${app.url}/api/metrics`)).text();
    return Number(/^parley_streams_open (\d+)/m.exec(text)?.[1] ?? /stream\w*\s+(\d+)$/m.exec(text)?.[1]);
  };
  const tabs = [erin.page];
  for (let number = 2; number <= 8; number += 1) {
    const tab = await erin.newTab();
    await tab.goto(app.url);
    await expect(conversations(tab)).toBeVisible();
    tabs.push(tab);
  }
  fault.did('Erin opens the eighth tab of one browser');
  await expect.poll(streams).toBe(1);
  fault.atMost('open streams', 1, await streams(), 'streams');

  const last = tabs.at(-1);
  const first = tabs[0];
  if (!last || !first) throw new Error('no tabs');
  for (const tab of [first, last]) await openConversation(tab, 'general');
  const text = `from the eighth tab ${Date.now()}`;
  const sentAt = performance.now();
  await composer(last).fill(text);
  await last.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(first.getByText(text)).toBeVisible();
  fault.within('what the eighth tab wrote, seen in the first', 2000, performance.now() - sentAt);
});
