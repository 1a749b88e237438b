import { expect, it } from 'vitest';
import { hashPassword } from '@/lib/auth/password';
import { type ApiPerson, entered, makePeople, otherDevice } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { sharedApp } from '../support/shared-app';

const fault = faultCase(37);

/** Signs in as the form does; answers the cookie that was set. */
async function signIn(origin: string, username: string, password: string, cookie = '') {
  const first = await fetch(`${origin}/api/auth/csrf`, { headers: { cookie } });
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const jar = [cookie, ...first.headers.getSetCookie().map((line) => line.split(';')[0])].filter(Boolean);
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie: jar.join('; '),
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    body: new URLSearchParams({ username, password, csrfToken, json: 'true' }),
  });
  await answer.text();
  const set = answer.headers.getSetCookie().find((line) => line.startsWith('parley='));
  return { status: answer.status, cookie: set?.split(';')[0] ?? null };
}

it('a sign-in planted before a person signs in is worth nothing afterwards: the id is new every time', async () => {
  const app = sharedApp();
  const passwordHash = await hashPassword('fixed for now');
  const [alice, mallory] = (await makePeople(app, ['Alice', 'Mallory'], { passwordHash })) as [
    ApiPerson,
    ApiPerson,
  ];
  const me = await alice.ask('GET', '/api/me');
  const { username } = me.body as { username: string };
  fault.did('Mallory plants her own cookie in Alice’s browser; Alice signs in');
  const signedIn = await signIn(app.url, username, 'fixed for now', mallory.cookie);
  expect(signedIn.cookie).not.toBeNull();
  expect(signedIn.cookie).not.toBe(mallory.cookie);
  expect(signedIn.cookie).not.toBe(alice.cookie);
  const who = await fetch(`${app.url}/api/me`, { headers: { cookie: signedIn.cookie ?? '' } });
  expect(((await who.json()) as { id: string }).id).toBe(alice.userId);
  const again = await signIn(app.url, username, 'fixed for now', signedIn.cookie ?? '');
  expect(again.cookie).not.toBe(signedIn.cookie);
});

it('signing out here ends this device’s requests, stream and call within 2 s, and no other’s', async () => {
  const app = sharedApp();
  const [alice, bob] = (await makePeople(app, ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const phone = await otherDevice(app, alice);
  const [here, there] = [await alice.listen(), await phone.listen()];
  const { call } = await alice.call(bob);
  entered(await bob.accept(call.id));
  const his = await bob.listen();

  fault.did('Alice signs out on the device that is in the call');
  const at = performance.now();
  expect((await alice.ask('POST', '/api/me/sign-out')).status).toBe(204);
  const closedAt = await here.until('the stream’s end', () => here.isOver, 3000);
  fault.within('stream closed after signing out', 2000, closedAt - at);
  expect(here.heard.at(-1)?.event.type).toBe('signed-out');
  const leftAt = await his.until('the end', () => his.call(call.id)?.status === 'ended', 3000);
  fault.within('left the call after signing out', 2000, leftAt - at);

  expect((await alice.ask('GET', '/api/me')).status).toBe(401);
  expect((await phone.ask('GET', '/api/me')).status).toBe(200);
  expect(there.isOver).toBe(false);
  for (const one of [alice, bob, phone]) one.close();
});

it('a new password ends every other device and its call within 2 s, and this one goes on', async () => {
  const app = sharedApp();
  const passwordHash = await hashPassword('the old one');
  const [alice] = (await makePeople(app, ['Alice'], { passwordHash })) as [ApiPerson];
  const [bob] = (await makePeople(app, ['Bob'])) as [ApiPerson];
  const phone = await otherDevice(app, alice);
  const [here, there] = [await alice.listen(), await phone.listen()];
  const { call } = await phone.call(bob);
  entered(await bob.accept(call.id));
  const his = await bob.listen();

  fault.did('Alice changes her password on the laptop while her phone is in a call');
  const at = performance.now();
  const changed = await alice.ask('PUT', '/api/me/password', {
    currentPassword: 'the old one',
    newPassword: 'quite another',
  });
  expect(changed.status).toBe(204);
  const closedAt = await there.until('the stream’s end', () => there.isOver, 3000);
  fault.within('other stream closed after the change', 2000, closedAt - at);
  const leftAt = await his.until('the end', () => his.call(call.id)?.status === 'ended', 3000);
  fault.within('other device left the call', 2000, leftAt - at);
  expect((await phone.ask('GET', '/api/me')).status).toBe(401);
  expect((await alice.ask('GET', '/api/me')).status).toBe(200);
  expect(here.isOver).toBe(false);
  for (const one of [alice, bob, phone]) one.close();
});
