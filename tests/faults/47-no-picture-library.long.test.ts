import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { root } from '../../scripts/paths.mjs';
import { type ApiPerson, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { ownApp } from '../support/own-app';

const fault = faultCase(47);
const preload = pathToFileURL(`${root}/tests/support/unloadable-sharp.mjs`).href;
/** sharp asks for x86-64-v2 on this architecture only. */
const faults = ['no-binary', 'no-package', ...(process.arch === 'x64' ? ['old-processor'] : [])];

it.each(faults)('%s: pictures are refused in a sentence, everything else works', async (which) => {
  const app = await ownApp({ NODE_OPTIONS: `--import=${preload}`, SHARP_FAULT: which });
  fault.did(`started with ${which}`);
  const [alice, bob] = (await makePeople(app, ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];

  const his = await bob.listen();
  const { call } = await alice.call(bob);
  await his.until('the ring', () => Boolean(his.call(call.id)?.myRing), 10_000);
  expect((await bob.accept(call.id)).status).toBe(200);
  const said = await alice.ask('POST', `/api/conversations/${call.conversation.id}/messages`, { text: 'hi' });
  expect(said.status).toBe(201);
  expect((await alice.ask('PATCH', '/api/me', { displayName: 'Ada' })).status).toBe(200);
  expect((await alice.ask('GET', '/messages')).status).toBe(200);

  const picture = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const upload = () =>
    fetch(`${app.url}/api/me/avatar`, {
      method: 'PUT',
      headers: { cookie: alice.cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'image/png' },
      body: new Uint8Array(picture),
    });
  for (let n = 0; n < 2; n += 1) {
    const answer = await upload();
    expect(answer.status).toBe(501);
    expect(await answer.json()).toMatchObject({
      code: 'pictures_unavailable',
      detail: expect.stringContaining('This server can’t read pictures'),
    });
  }
  expect(app.output()).toMatch(/the picture library does not load here/);

  expect((await alice.leave(call.id)).status).toBe(200);
  const health = await alice.ask('GET', '/api/health');
  expect(health.status).toBe(200);
  for (const one of [alice, bob]) one.close();
});
