import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { PushLines } from '@/app/(community)/settings/push-lines';
import { snapshot } from '../call-ui/support/views';
import { renderInEnglish } from '../support/in-english';

type Device = {
  id: string;
  name: string;
  isThis: boolean;
  createdAt: number;
  isRefused: boolean;
  showsText: boolean;
};
let devices: Device[];
let asked: string[];
let subscribed: { endpoint: string } | null;

const serverKey = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORc';
const ofThis: Device = {
  id: 'device_1',
  name: 'Firefox · Linux',
  isThis: true,
  createdAt: 1,
  isRefused: false,
  showsText: true,
};
const other: Device = { ...ofThis, id: 'device_2', name: 'Chrome · Android', isThis: false };

/** A browser that can be rung, whose person permits notifications or not. */
function browser(permission: NotificationPermission) {
  const registration = {
    active: { postMessage: () => undefined },
    pushManager: {
      getSubscription: async () =>
        subscribed && { ...subscribed, unsubscribe: async () => (subscribed = null) },
      async subscribe({ applicationServerKey }: { applicationServerKey: string }) {
        expect(applicationServerKey).toBe(serverKey);
        subscribed = { endpoint: 'https://push.example.org/x' };
        return { toJSON: () => ({ ...subscribed, keys: { p256dh: 'p', auth: 'a' } }) };
      },
    },
  };
  const workers = {
    register: async () => registration,
    getRegistration: async () => registration,
    ready: Promise.resolve(registration),
  };
  Object.defineProperty(navigator, 'serviceWorker', { value: workers, configurable: true });
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('PushManager', class {});
  vi.stubGlobal('Notification', { permission, requestPermission: async () => permission });
}

beforeEach(() => {
  devices = [];
  asked = [];
  subscribed = null;
  localStorage.clear();
  vi.stubGlobal('fetch', async (url: string, { method = 'GET' }: RequestInit) => {
    asked.push(`${method} ${url}`);
    if (method === 'PUT') devices.push(ofThis);
    if (method === 'DELETE') devices = devices.filter(({ id }) => !url.endsWith(id));
    if (method === 'POST' || method === 'DELETE') return new Response(null, { status: 204 });
    return Response.json({ serverKey, devices, fallback: { ring: 'r', withdrawal: 'w' } });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function show() {
  renderInEnglish(
    <CommunityStoreProvider store={new CommunityStore(snapshot())}>
      <PushLines />
    </CommunityStoreProvider>,
  );
  await act(async () => new Promise((resolve) => setTimeout(resolve)));
}
const press = (element: HTMLElement) =>
  act(async () => {
    fireEvent.click(element);
    await new Promise((resolve) => setTimeout(resolve, 10));
  });
const toggle = () => screen.getByRole('switch', { name: 'Ring when Parley is closed' });

test('it is turned on with the server’s key, and off again', async () => {
  browser('granted');
  await show();
  expect(toggle().getAttribute('aria-checked')).toBe('false');
  await press(toggle());
  expect(asked).toContain('PUT /api/push');
  expect(toggle().getAttribute('aria-checked')).toBe('true');
  expect(subscribed).not.toBeNull();
  await press(screen.getByRole('button', { name: 'Send a test' }));
  expect(asked).toContain('POST /api/push/devices/device_1/test');
  expect(screen.getByText('Sent. It shows in a moment.')).toBeTruthy();
  await press(toggle());
  expect(asked).toContain('DELETE /api/push/devices/device_1');
  expect(toggle().getAttribute('aria-checked')).toBe('false');
  expect(subscribed).toBeNull();
});

test('without the permission nothing is subscribed, and it says where to change that', async () => {
  browser('denied');
  await show();
  expect(screen.queryByRole('switch')).toBeNull();
  expect(screen.getByText(/Allow notifications in its settings for this site/)).toBeTruthy();
  expect(asked).toEqual(['GET /api/push']);
});

test('another device is named and can be turned off', async () => {
  browser('granted');
  devices = [ofThis, { ...other, isRefused: true }];
  await show();
  expect(
    screen.getByText('Its push service refused the last message. Turn it off and on again.'),
  ).toBeTruthy();
  await press(screen.getByRole('button', { name: 'Turn off Chrome · Android' }));
  expect(asked).toContain('DELETE /api/push/devices/device_2');
  expect(screen.queryByText('Chrome · Android')).toBeNull();
});

test.each([
  [false, '', 'Not here: the address of this page does not begin with https.'],
  [true, 'iPhone', 'Add Parley to the Home Screen first, and open it there.'],
  [true, 'X11; Linux', 'This browser can’t do it.'],
])('where it can’t be had it says why (https: %s, %s)', async (isSecure, userAgent, words) => {
  vi.stubGlobal('isSecureContext', isSecure);
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(userAgent);
  await show();
  expect(screen.getByText(words)).toBeTruthy();
  expect(screen.queryByRole('switch')).toBeNull();
  vi.restoreAllMocks();
});
