import { RoomServiceClient } from 'livekit-server-sdk';
import { expect, it, onTestFinished } from 'vitest';
import { readSecrets } from '@/scripts/secrets.mjs';
import { type ApiPerson, entered, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { openMediaBrowser } from '../support/media-browser';
import { ownApp } from '../support/own-app';
import { waitFor } from '../support/wait-for';

const fault = faultCase(30);

it('a media token used again after leaving is cut off within 2 s; after the end it opens nothing', async () => {
  const app = await ownApp({ CALL_RING_SECONDS: '60' });
  const browser = await openMediaBrowser(`ws://127.0.0.1:${app.livekitPort}`);
  onTestFinished(() => browser.close());
  const { livekitKey, livekitSecret } = readSecrets(app.dataDir);
  const rooms = new RoomServiceClient(`http://127.0.0.1:${app.livekitPort}`, livekitKey, livekitSecret);
  const [alice, bob, carol] = (await makePeople(app, ['Alice', 'Bob', 'Carol'])) as [
    ApiPerson,
    ApiPerson,
    ApiPerson,
  ];
  const made = await alice.ask('POST', '/api/conversations', { userIds: [bob.userId, carol.userId] });
  const conversationId = (made.body as { id: string }).id;
  const hers = entered(await alice.ask('POST', '/api/calls', { conversationId, clientId: alice.tab() }));
  const his = entered(await bob.accept(hers.call.id));
  const third = entered(await carol.accept(hers.call.id));
  await browser.join(hers.media.token);
  await browser.join(third.media.token);
  const first = await browser.join(his.media.token);

  fault.did('Bob leaves, and then connects to LiveKit with the token that he had');
  await bob.leave(hers.call.id);
  await first.waitForCutOff();
  const [room] = await rooms.listRooms();
  const isThere = async () =>
    (await rooms.listParticipants(room?.name ?? '')).some(({ identity }) => identity.startsWith(bob.userId));
  await waitFor('his absence', async () => !(await isThere()), 5000);
  // His own browser takes up to 15 s to see that it was sent away while it connected: LiveKit's list knows.
  const again = browser.join(his.media.token).then(
    (joined) => joined.waitForCutOff(),
    () => undefined,
  );
  await waitFor('LiveKit to see him', isThere, 10_000);
  const cameBackAt = performance.now();
  await waitFor('his absence', async () => !(await isThere()), 10_000);
  fault.within('cut off after coming back with an old token', 2000, performance.now() - cameBackAt);
  await again;
  expect(await isThere(), 'and he does not come back').toBe(false);

  fault.did('everyone leaves; Bob uses the token once more');
  await alice.leave(hers.call.id);
  await carol.leave(hers.call.id);
  await waitFor('the room’s end', async () => (await rooms.listRooms()).length === 0, 5000);
  await expect(browser.join(his.media.token)).rejects.toThrow();
  expect(await rooms.listRooms(), 'the room was not made again').toEqual([]);
});
