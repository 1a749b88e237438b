import type { ConversationView, MessageView, Snapshot } from '@parley/call-protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { messageView as message, emptyCommunity as snapshot } from '../support/message-views';

/** An open conversation's messages are read once when its page opens, and again where they may have a hole. */

/** Answers the requests for pages that wait, oldest first. */
const asked: ((answer: Response | Error) => void)[] = [];
beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal(
    'fetch',
    () =>
      new Promise<Response>((resolve, reject) => {
        asked.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
      }),
  );
});
afterEach(() => void vi.unstubAllGlobals());

const page = (messages: MessageView[]) => Response.json({ messages, nextBefore: null });
async function next(answer: Response | Error): Promise<void> {
  const waiting = asked.shift();
  if (!waiting) throw new Error('no page was asked for');
  waiting(answer);
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve));
}
const shown = (store: CommunityStore) => store.getList('trip').messages.map((one) => one.seq);

const trip: ConversationView = {
  id: 'trip',
  kind: 'group',
  title: 'Trip',
  hue: 1,
  creatorId: 'alice',
  memberIds: ['alice', 'bob'],
  callsMuted: false,
  unreadCount: 0,
  lastReadSeq: 1,
  lastMessage: null,
  lastActivityAt: 1,
  callBack: null,
  revision: 1,
};
const withTrip = (revision: number): Snapshot => ({ ...snapshot, conversations: [{ ...trip, revision }] });

test('a list that was read before the stream came is read again only when its conversation has changed since', async () => {
  const [same, changed] = [1, 2].map((revision) => {
    const store = new CommunityStore(withTrip(1));
    store.openList('trip');
    store.handle({ type: 'snapshot', data: withTrip(revision) });
    return store;
  });
  expect(asked).toHaveLength(3);
  for (const _ of [1, 2, 3]) await next(page([message(1)]));
  expect([same, changed].map((store) => store && shown(store))).toEqual([[1], [1]]);
});

test('… and after a gap in any case: the message of a change that was heard of may be lost in it', async () => {
  const store = new CommunityStore(withTrip(1));
  store.openList('trip');
  await next(page([message(1)]));
  store.handle({ type: 'snapshot', data: withTrip(1) });
  store.handle({ type: 'conversation', data: { ...trip, revision: 2 } });
  store.handle({ type: 'snapshot', data: withTrip(2) });
  await next(page([message(1), message(2)]));
  expect(shown(store)).toEqual([1, 2]);
});

test('… and when it could not be read', async () => {
  const store = new CommunityStore(withTrip(1));
  store.openList('trip');
  await next(new TypeError('Failed to fetch'));
  store.handle({ type: 'snapshot', data: withTrip(1) });
  await next(page([message(1)]));
  expect(shown(store)).toEqual([1]);
});
