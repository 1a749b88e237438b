import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { AccountSection } from '@/app/(community)/settings/account-section';
import { snapshot } from '../call-ui/support/views';
import { renderInEnglish } from '../support/in-english';

type Asked = { method: string | undefined; url: string; body: unknown };
let asked: Asked[] = [];
let answer: (response: Response) => Promise<void>;

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push({ method: init.method, url, body: JSON.parse(String(init.body)) });
    return new Promise<Response>((resolve) => {
      answer = (response) => act(async () => resolve(response));
    });
  });
  renderInEnglish(
    <CommunityStoreProvider store={new CommunityStore(snapshot())}>
      <AccountSection />
    </CommunityStoreProvider>,
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const field = (name: string) => {
  const found = screen.getByLabelText(name);
  if (!(found instanceof HTMLInputElement)) throw new Error(`${name} is no field`);
  return found;
};
const button = () => screen.getByRole('button', { name: 'Change password' });
function change(current: string, next: string) {
  fireEvent.change(field('Current password'), { target: { value: current } });
  fireEvent.change(field('New password'), { target: { value: next } });
  fireEvent.click(button());
}

test('a new password is sent with the current one, and its saving is shown', async () => {
  change('the old one', 'quite another');
  expect(asked).toEqual([
    {
      method: 'PUT',
      url: '/api/me/password',
      body: { currentPassword: 'the old one', newPassword: 'quite another' },
    },
  ]);
  expect(button().getAttribute('aria-busy')).toBe('true');
  await answer(new Response(null, { status: 204 }));
  expect(screen.getByText('Changed. Your other sign-ins have ended.')).toBeTruthy();
  expect([field('Current password').value, field('New password').value]).toEqual(['', '']);
});

test('a password that is too short is refused before anything is sent', () => {
  change('the old one', 'short');
  expect(screen.getByText('The new password needs at least 8 characters.')).toBeTruthy();
  expect(asked).toEqual([]);
});

test('a wrong current password shows the server’s words, and the fields keep their text', async () => {
  change('not it', 'quite another');
  const problem = { type: 'about:blank', title: 'Action not allowed', status: 403, code: 'not_allowed' };
  const detail = 'The current password is not right.';
  const headers = { 'content-type': 'application/problem+json' };
  await answer(Response.json({ ...problem, detail, requestId: 'r' }, { status: 403, headers }));
  expect(screen.getByText(detail)).toBeTruthy();
  expect(field('New password').value).toBe('quite another');
  expect(button().getAttribute('aria-busy')).not.toBe('true');
});
