import type { ConversationView, UserView } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemberList } from '@/app/(community)/_people/member-list';
import { PeoplePicker } from '@/app/(community)/_people/people-picker';
import { ProfileProvider } from '@/app/(community)/_people/profile';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { snapshot } from '../call-ui/support/views';
import { renderKitInEnglish } from '../support/in-english';
import { stubLayout } from '../support/no-layout';

const person = (n: number): UserView => ({
  id: `user_${n}`,
  username: `p${n}`,
  displayName: `Person ${String(n).padStart(4, '0')}`,
  avatarUrl: null,
  about: '',
  presence: n % 2 ? 'online' : 'offline',
  isBlocked: false,
  revision: 1,
});
const online = (first: number, count: number) =>
  Array.from({ length: count }, (_, n) => person(2 * (first + n) + 1));
const people = (first: number, count: number) => Array.from({ length: count }, (_, n) => person(first + n));

/** The end of a list comes into sight when a test says so. */
let reachEnd = () => {};
const asked: string[] = [];
let pages: Record<string, { users: UserView[]; next: string | null; count?: number } | 'fails'> = {};
beforeEach(() => {
  stubLayout();
  asked.length = 0;
  pages = {};
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
        reachEnd = () => callback([{ isIntersecting: true }]);
      }
      observe() {}
      disconnect() {}
    },
  );
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    const page = pages[url] ?? 'fails';
    return page === 'fails' ? new Response('', { status: 502 }) : Response.json(page);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function show(part: ReactNode, memberCount: number, known: UserView[]) {
  const store = new CommunityStore(snapshot([], { users: [...snapshot().users, ...known], memberCount }));
  await act(async () => {
    renderKitInEnglish(
      <CommunityStoreProvider store={store}>
        <ProfileProvider>{part}</ProfileProvider>
      </CommunityStoreProvider>,
    );
  });
  return (...events: Parameters<CommunityStore['handle']>[0][]) =>
    act(async () => {
      for (const event of events) store.handle(event);
    });
}
const [direct] = snapshot().conversations;
if (!direct) throw new Error('the snapshot has one conversation');
const general: ConversationView = { ...direct, kind: 'channel', title: 'general', memberIds: null };
/** How many people the lists have; only the rows in sight are on the page. */
const count = () =>
  screen
    .queryAllByRole('list')
    .map((list) => Number(list.querySelector('[aria-setsize]')?.getAttribute('aria-setsize') ?? 0))
    .reduce((sum, some) => sum + some, 0);
const names = () =>
  screen.queryAllByRole('listitem').flatMap((row) => row.textContent?.match(/Person \d+/)?.[0] ?? []);

const firstHere = '/api/users?presence=here&limit=100';
const first = '/api/users?limit=100';

test('a list of thousands is read a page at a time, those who are here first', async () => {
  const secondHere = '/api/users?presence=here&after=place&limit=100';
  pages[firstHere] = { users: online(0, 100), next: 'place', count: 120 };
  pages[secondHere] = { users: online(100, 20), next: null, count: 120 };
  pages[first] = { users: people(0, 100), next: 'further' };
  const say = await show(<MemberList conversation={general} close={() => {}} />, 5000, people(0, 40));
  expect(screen.getByRole('heading', { name: 'Members 5000' })).toBeTruthy();
  await screen.findByText('Here · 120');
  expect(count()).toBe(100);
  expect(screen.queryByText(/^Away/)).toBeNull();
  await act(async () => reachEnd());
  await waitFor(() => expect(count()).toBe(120));
  await act(async () => reachEnd());
  await screen.findByText('Away · 4880');
  expect(count(), 'those who are here stand there once').toBe(170);
  expect(asked).toEqual([firstHere, secondHere, first]);

  await say({ type: 'users', data: [{ ...person(201), presence: 'offline', revision: 2 }] });
  expect(screen.getByText('Here · 119')).toBeTruthy();
  await say({ type: 'users', data: [{ id: 'user_203', revision: 9, gone: true }] });
  expect(screen.getByText('Here · 118')).toBeTruthy();
});

test('only the rows in sight are on the page, and some beyond', async () => {
  pages[firstHere] = { users: online(0, 300), next: null, count: 300 };
  await show(<MemberList conversation={general} close={() => {}} />, 5000, []);
  await screen.findByText('Here · 300');
  expect(names()).toHaveLength(80);
  expect(screen.getAllByRole('listitem').at(79)?.getAttribute('aria-posinset')).toBe('80');
});

test('a page that did not load is asked for again by a button', async () => {
  await show(<MemberList conversation={general} close={() => {}} />, 5000, people(0, 40));
  const again = await screen.findByRole('button', { name: 'People didn’t load. Try again' });
  expect(count(), 'who is known is shown').toBe(43);
  pages[firstHere] = { users: online(0, 100), next: 'place', count: 120 };
  fireEvent.click(again);
  await waitFor(() => expect(count()).toBe(100));
});

test('what is typed is searched by the server, once it pauses', async () => {
  pages[first] = { users: people(0, 100), next: 'place' };
  pages['/api/users?search=4321&limit=100'] = { users: people(4321, 1), next: null };
  const chosen: string[][] = [];
  await show(
    <PeoplePicker without={['user_3']} chosen={[]} setChosen={(ids) => chosen.push(ids)} most={24} />,
    5000,
    people(0, 40),
  );
  await waitFor(() => expect(count()).toBe(99));
  for (const text of ['4', '43', '432', '4321'])
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: text } });
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Person 4321' }));
  expect(chosen).toEqual([['user_4321']]);
  expect(asked).toEqual([first, '/api/users?search=4321&limit=100']);
});
