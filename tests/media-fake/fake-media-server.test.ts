import { expect, test } from 'vitest';
import type { ClientId, UserId } from '@/lib/ids';
import { formatIdentity, type MediaEvent, MediaUnavailable } from '@/lib/media/media-server';
import { describeMediaServer, type MediaWorld } from '../media/contract';
import { makeFakeMediaServer } from '../support/fake-media-server';

describeMediaServer('the fake media server', async (): Promise<MediaWorld> => {
  const media = makeFakeMediaServer();
  const events: MediaEvent[] = [];
  media.onEvent((event) => events.push(event));
  return {
    media,
    async join(token) {
      const { room, identity, sid } = media.connectWith(token);
      const hasLeft = (one: MediaEvent) => one.type === 'participant_left' && one.participant?.sid === sid;
      return {
        leave: async () => media.disconnect(room, identity),
        waitForCutOff: async () => expect(events.some(hasLeft)).toBe(true),
        waitUntilItMay: async (may) => expect(media.permissionsOf(room, identity)).toEqual(may),
        others: async () => media.othersOf(room, identity).map(formatIdentity),
        // What a client says follows from whom it sees.
        news: async () => [],
      };
    },
    async waitForEvent(matches) {
      const event = events.find(matches);
      if (!event) throw new Error('no such event');
      return event;
    },
    goDown: async () => media.goDown(),
    comeBack: async () => media.comeBack(),
    close: async () => {},
  };
});

const alice = { userId: 'user_alice' as UserId, clientId: 'tab00001' as ClientId };

test('a failure asked for happens exactly that often', async () => {
  const media = makeFakeMediaServer();
  media.failNext(2);
  await expect(media.createRoom('parley_x')).rejects.toThrow(MediaUnavailable);
  expect(await media.ping()).toBe(false);
  await media.createRoom('parley_x');
  expect(media.calls.map((call) => call.method)).toEqual(['createRoom', 'ping', 'createRoom']);
});

test('a kill removes rooms and participants without a webhook', async () => {
  const media = makeFakeMediaServer();
  const events: MediaEvent[] = [];
  await media.createRoom('parley_x');
  media.connect('parley_x', alice);
  media.onEvent((event) => events.push(event));
  media.goDown();
  media.comeBack();
  expect(await media.listParticipants('parley_x')).toEqual([]);
  expect(() => media.connect('parley_x', alice)).toThrow('no such room');
  expect(events).toEqual([]);
});

test('a token opens a connection for a minute only', async () => {
  let now = 0;
  const media = makeFakeMediaServer({ now: () => now });
  await media.createRoom('parley_x');
  const token = await media.token('parley_x', alice, 'Alice');
  now = 60_000;
  expect(formatIdentity(media.connectWith(token).identity)).toBe('user_alice.tab00001');
  now = 60_001;
  expect(() => media.connectWith(token)).toThrow('refused');
});
