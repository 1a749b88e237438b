import type { Snapshot, UserView } from '@parley/call-protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { emptyCommunity, messageView } from '../support/message-views';

const person = (id: string, revision: number, displayName = id): UserView => ({
  id,
  username: id,
  displayName,
  avatarUrl: null,
  about: '',
  presence: 'online',
  isBlocked: false,
  revision,
});
const large: Snapshot = { ...emptyCommunity, users: [person('alice', 1)], memberCount: 5000 };

/** What is asked, and how each request is answered. */
const asked: string[] = [];
let answer: (url: string) => Response | Promise<Response> = () => Response.json({});
beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return answer(url);
  });
});
afterEach(() => vi.unstubAllGlobals());
const settled = async () => {
  for (let turns = 0; turns < 10; turns += 1) await new Promise((resolve) => setImmediate(resolve));
};
const names = (store: CommunityStore) => [...store.getState().users.values()].map((user) => user.displayName);

test('authors are known when their messages are shown', async () => {
  answer = () =>
    Response.json({ messages: [messageView(1)], nextBefore: null, people: [person('bob', 3, 'Bob')] });
  const store = new CommunityStore(large);
  const seen: (string | undefined)[] = [];
  store.subscribe(() => {
    if (store.getList('trip').status === 'ready') seen.push(store.getState().users.get('bob')?.displayName);
  });
  store.openList('trip');
  await settled();
  expect(asked).toEqual(['/api/conversations/trip/messages?limit=50&people=named']);
  expect(seen).toEqual(['Bob']);
});

test('of a person in a page and on the stream the newer view counts, and who was removed stays removed', () => {
  const store = new CommunityStore(large);
  store.handle({ type: 'users', data: [person('bob', 8, 'Robert')] });
  store.people.take([person('bob', 7, 'Bob'), person('carol', 7, 'Carol')], []);
  expect(names(store)).toEqual(['alice', 'Robert', 'Carol']);
  store.handle({ type: 'users', data: [{ id: 'carol', revision: 9, gone: true }] });
  store.people.take([person('carol', 7, 'Carol')], ['carol']);
  store.handle({ type: 'snapshot', data: large });
  store.people.take([person('carol', 7, 'Carol')], ['carol']);
  expect(names(store)).toEqual(['alice', 'Robert']);
});

test('after a gap the people who were given besides are read again, and those who left are dropped', async () => {
  const store = new CommunityStore(large);
  store.people.take([person('bob', 3, 'Bob'), person('carol', 3, 'Carol')], []);
  answer = () => Response.json({ users: [person('bob', 9, 'Robert')], next: null });
  store.handle({ type: 'snapshot', data: large });
  expect(names(store), 'until then they are as they were').toEqual(['alice', 'Bob', 'Carol']);
  await settled();
  expect(asked).toEqual(['/api/users?ids=bob,carol']);
  expect(names(store)).toEqual(['alice', 'Robert']);
});

test('an answer about people is passed over when there was another gap meanwhile', async () => {
  const store = new CommunityStore(large);
  store.people.take([person('bob', 3, 'Bob')], []);
  const answers: ((response: Response) => void)[] = [];
  answer = () => new Promise((resolve) => answers.push(resolve));
  store.handle({ type: 'snapshot', data: large });
  store.handle({ type: 'snapshot', data: { ...large, users: [...large.users, person('bob', 4, 'Robert')] } });
  answers[0]?.(Response.json({ users: [], next: null }));
  await settled();
  expect(names(store)).toEqual(['alice', 'Robert']);
});

test('where everyone is known no people are asked for', async () => {
  const store = new CommunityStore(emptyCommunity);
  answer = () => Response.json({ messages: [], nextBefore: null });
  store.openList('trip');
  store.handle({ type: 'snapshot', data: emptyCommunity });
  await settled();
  expect(asked.every((url) => !url.includes('people') && !url.includes('/api/users'))).toBe(true);
});
