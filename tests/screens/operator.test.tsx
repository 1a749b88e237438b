import type { OperatorView } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { OperatorScreen } from '@/app/(community)/operator/operator-screen';
import { snapshot } from '../call-ui/support/views';
import { renderInEnglish } from '../support/in-english';
import { stubLayout } from '../support/no-layout';

const view: OperatorView = {
  name: 'Harbour Street',
  registration: 'invite',
  isRegistrationFixed: false,
  channels: [],
  invites: [],
  people: [],
};
const invite = { id: 'link_1', creatorName: 'Alice', createdAt: 0, expiresAt: null, maxUses: 1, useCount: 0 };

const zoe = {
  id: 'user_zoe',
  username: 'zoe',
  displayName: 'Zoe',
  avatarUrl: null,
  isOperator: false,
  isSuspended: false,
  isOnline: true,
  createdAt: 0,
};

let now: OperatorView;
const asked: string[] = [];
let isDown: boolean;
beforeEach(() => {
  now = view;
  isDown = false;
  asked.length = 0;
  stubLayout();
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    asked.push(url);
    if (url.startsWith('/api/operator/people?')) return Response.json({ people: [zoe], next: null });
    if (url.startsWith('/api/operator/people/')) return Response.json({});
    if ((init?.method ?? 'GET') === 'GET') return Response.json(now);
    if (isDown) throw new TypeError('Failed to fetch');
    now = { ...now, invites: [invite] };
    return Response.json({ id: invite.id, path: '/register#made' });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(given: OperatorView) {
  const store = new CommunityStore(snapshot());
  await act(async () => {
    renderInEnglish(
      <CommunityStoreProvider store={store}>
        <OperatorScreen given={given} />
      </CommunityStoreProvider>,
    );
  });
  return store;
}

test('what came with an old page is read anew', async () => {
  await open({ ...view, invites: [invite] });
  expect(screen.getByText('No invite links')).toBeTruthy();
});

test('a link goes from the screen with the account that it was for', async () => {
  const store = await open(view);
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Create invite link' })));
  expect(screen.getByRole('textbox', { name: 'Invite link' })).toBeTruthy();
  now = { ...view, invites: [] };
  const [someUser] = snapshot().users;
  if (!someUser) throw new Error('the snapshot has people');
  const newcomer = { ...someUser, id: 'user_new', displayName: 'Newcomer' };
  await act(async () => store.handle({ type: 'users', data: [newcomer] }));
  expect(screen.queryByRole('textbox', { name: 'Invite link' })).toBeNull();
  expect(screen.getByText('No invite links')).toBeTruthy();
});

test('after something did not work, how things stand is read, too', async () => {
  await open(view);
  isDown = true;
  now = { ...view, name: 'Another Street', invites: [invite] };
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Create invite link' })));
  expect(screen.getByRole('button', { name: 'Revoke' })).toBeTruthy();
});

test('of thousands the server finds whom is searched for, and what is done to them shows', async () => {
  now = { ...view, nextPeople: 'user_9 person 300' };
  await open(now);
  const search = screen.getByRole('searchbox', { name: 'Find people' });
  await act(async () => void fireEvent.change(search, { target: { value: 'zo' } }));
  await screen.findByText('@zoe');
  expect(asked.filter((url) => url.includes('search'))).toEqual(['/api/operator/people?search=zo&limit=100']);
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Actions for Zoe' })));
  await act(async () => void fireEvent.click(await screen.findByRole('menuitem', { name: 'Suspend' })));
  const dialog = await screen.findByRole('dialog');
  await act(async () => void fireEvent.click(within(dialog).getByRole('button', { name: 'Suspend' })));
  await screen.findByText('Suspended', { exact: true });
});
