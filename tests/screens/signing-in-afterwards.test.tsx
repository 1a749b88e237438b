import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NewPasswordForm } from '@/app/(account)/new-password/new-password-form';
import { RegisterForm } from '@/app/(account)/register/register-form';
import { renderInEnglish } from '../support/in-english';

let asked: string[] = [];
/** The results of the next sign-ins, in turn: the reason of a refusal, or null for success. */
let refusals: (string | null)[] = [];
let entered: string[] = [];

beforeEach(() => {
  asked = [];
  refusals = [];
  entered = [];
  const assign = (path: string) => entered.push(path);
  vi.stubGlobal('location', { href: 'http://parley.test/', origin: 'http://parley.test', assign });
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (url.endsWith('/providers'))
      return Response.json({ credentials: { id: 'credentials', type: 'credentials' } });
    if (url.endsWith('/csrf')) return Response.json({ csrfToken: 'token' });
    asked.push(`${(init?.method ?? 'GET').toUpperCase()} ${url.split('?')[0]}`);
    if (!url.includes('/callback/')) return Response.json({ username: 'bob' }, { status: 201 });
    const refusal = refusals.shift() ?? null;
    const query = refusal === null ? '' : `?error=${refusal}`;
    const status = refusal === null ? 200 : 401;
    return Response.json({ url: `http://parley.test/login${query}` }, { status });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const fill = (name: string, value: string) =>
  fireEvent.change(screen.getByLabelText(name), { target: { value } });
const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })));
/** Signing in is several answers after another. */
const said = (sentence: string) => screen.findByText(sentence, { selector: '[role=alert]' });
const wrong = 'Wrong username or password.';
const signIn = 'POST /api/auth/callback/credentials';

test('a password that is saved is said to be, and only signing in is tried again', async () => {
  refusals = ['CredentialsSignin', 'rate_limited'];
  renderInEnglish(<NewPasswordForm token="link" />);
  fill('New password', 'quite another');
  await press('Save and sign in');
  await said(wrong);
  expect(screen.getByRole('heading', { name: 'Your password is saved.' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/login');
  await press('Sign in');
  await said('Too many tries. Wait a minute, then try again.');
  await press('Sign in');
  await vi.waitFor(() => expect(entered).toEqual(['/messages']));
  expect(asked).toEqual(['POST /api/passwords', signIn, signIn, signIn]);
});

test('an account that is made is said to be, and only signing in is tried again', async () => {
  refusals = ['rate_limited'];
  renderInEnglish(
    <RegisterForm welcome={{ communityName: 'Harbour Street', isOpen: true, demo: null }} invite={null} />,
  );
  fill('Username', 'bob');
  fill('Password', 'quite another');
  await press('Create account');
  await said('Too many tries. Wait a minute, then try again.');
  expect(screen.getByRole('heading', { name: 'Your account is made.' })).toBeTruthy();
  await press('Sign in');
  await vi.waitFor(() => expect(entered).toEqual(['/messages']));
  expect(asked).toEqual(['POST /api/users', signIn, signIn]);
});
