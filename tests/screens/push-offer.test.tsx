import type { CallEvent } from '@parley/call-kit';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import PushOffer from '@/app/(community)/_push/push-offer';
import { forgetCalls, noteCallEvent, useHasCalled } from '@/app/(community)/_push/push-offer-due';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { snapshot } from '../call-ui/support/views';
import { renderKitInEnglish } from '../support/in-english';

const missed: CallEvent = { type: 'missed', callId: 'call_1' };
const words = 'Calls can ring on this device while Parley is closed, too.';

/** A browser that can be rung; `asks` counts how often it asked the person. */
function browser(permission: NotificationPermission, answer: NotificationPermission = permission) {
  const asks = vi.fn(async () => answer);
  const registration = {
    active: { postMessage: () => undefined },
    pushManager: {
      getSubscription: async () => null,
      subscribe: async () => ({ toJSON: () => ({ endpoint: 'https://push.example.org/x', keys: {} }) }),
    },
  };
  const workers = { register: async () => registration, ready: Promise.resolve(registration) };
  Object.defineProperty(navigator, 'serviceWorker', { value: workers, configurable: true });
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('PushManager', class {});
  vi.stubGlobal('Notification', { permission, requestPermission: asks });
  vi.stubGlobal('fetch', async (_: string, { method = 'GET' }: RequestInit) =>
    method === 'GET'
      ? Response.json({ serverKey: 'key', devices: [], fallback: { ring: 'r', withdrawal: 'w' } })
      : new Response(null, { status: 204 }),
  );
  return asks;
}

const OfferWhenDue = () => (useHasCalled() ? <PushOffer /> : null);
const page = () =>
  renderKitInEnglish(
    <CommunityStoreProvider store={new CommunityStore(snapshot())}>
      <OfferWhenDue />
    </CommunityStoreProvider>,
  );
const press = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })));

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  act(forgetCalls);
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'serviceWorker');
});

test('it is offered after a missed call, never before, and the browser asks when it is pressed', async () => {
  const asks = browser('default', 'granted');
  page();
  expect(screen.queryByText(words)).toBeNull();
  act(() => noteCallEvent(missed));
  expect(screen.getByText(words)).toBeDefined();
  expect(asks).not.toHaveBeenCalled();
  await press('Turn on');
  expect(asks).toHaveBeenCalledTimes(1);
  expect(screen.queryByText(words)).toBeNull();
  expect(localStorage.getItem('parley-push')).not.toBeNull();
});

test('Not now is remembered', async () => {
  browser('default');
  page();
  act(() => noteCallEvent({ type: 'ended', callId: 'call_1', reason: 'completed', lengthMs: 1 }));
  await press('Not now');
  act(() => noteCallEvent(missed));
  expect(screen.queryByText(words)).toBeNull();
});

test.each(['a browser that was forbidden to notify', 'a page without https', 'a browser that rings already'])(
  '%s is offered nothing',
  (which) => {
    browser(which.includes('forbidden') ? 'denied' : 'granted');
    if (which.includes('https')) vi.stubGlobal('isSecureContext', false);
    if (which.includes('already')) localStorage.setItem('parley-push', snapshot().me.id);
    page();
    act(() => noteCallEvent(missed));
    expect(screen.queryByText(words)).toBeNull();
  },
);
