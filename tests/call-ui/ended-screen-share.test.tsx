import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { entered, renderKit } from './support/kit';
import { page, ready, talking } from './support/page';
import { activeView, snapshot } from './support/views';

beforeEach(() => {
  // jsdom has no devices; a browser that can share a screen shows the button.
  vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia: () => {} } });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

type Kit = Awaited<ReturnType<typeof talking>>;
const button = (name: string) => screen.getByRole('button', { name });
const press = (name: string) => act(async () => void fireEvent.click(button(name)));
const isSharing = () => button('Share screen').getAttribute('aria-pressed') === 'true';
const dropped = 'Your screen share ended when the connection dropped.';

async function loseConnection(kit: Kit) {
  await kit.rooms.at(-1)?.lose();
  await act(async () => void window.dispatchEvent(new Event('online')));
}

async function reconnect(kit: Kit) {
  await loseConnection(kit);
  await kit.take('join').answer(entered(activeView({ revision: 7 + kit.rooms.length })));
  await kit.rooms.at(-1)?.up();
}

test('a screen share that ended with the connection is said to have ended, and one press shares again', async () => {
  const kit = await talking();
  await press('Share screen');
  await loseConnection(kit);
  expect(screen.queryByText(dropped)).toBeNull();
  await kit.take('join').answer(entered(activeView({ revision: 7 })));
  await kit.rooms.at(-1)?.up();
  expect(isSharing()).toBe(false);
  expect(screen.getByText(dropped)).toBeTruthy();
  await press('Share again');
  expect(isSharing()).toBe(true);
  expect(screen.queryByText(dropped)).toBeNull();
});

test('the notice goes when it is dismissed, and does not come back with the next reconnect', async () => {
  const kit = await talking();
  await press('Share screen');
  await reconnect(kit);
  await press('Dismiss');
  expect(screen.queryByText(dropped)).toBeNull();
  await reconnect(kit);
  expect(screen.queryByText(dropped)).toBeNull();
});

test('a screen share that the person stopped, here or in the browser’s own bar, did not end by itself', async () => {
  const kit = await talking();
  await press('Share screen');
  await press('Share screen');
  await reconnect(kit);
  expect(screen.queryByText(dropped)).toBeNull();
  await press('Share screen');
  await act(async () => kit.rooms.at(-1)?.change({ isScreenOn: false }));
  await reconnect(kit);
  expect(screen.queryByText(dropped)).toBeNull();
});

test('the notice is no matter of the next call', async () => {
  const kit = await talking();
  await press('Share screen');
  await reconnect(kit);
  await press('Disconnect');
  await kit.take('leave').answer(activeView({ status: 'ended', endReason: 'completed', revision: 20 }));
  await press('Call again');
  await kit.take('start').answer(entered(activeView({ id: 'call_2', revision: 21 })));
  await kit.rooms.at(-1)?.up();
  expect(screen.queryByText(dropped)).toBeNull();
});

test('a reloaded tab says that its screen share ended', async () => {
  const kit = await talking();
  await press('Share screen');
  kit.unmount();
  const reloaded = renderKit(page);
  await reloaded.say({ type: 'snapshot', data: snapshot([activeView()]) });
  await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
  await reloaded.take('join').answer(entered(activeView({ revision: 3 })));
  await reloaded.rooms[0]?.up();
  expect(screen.getByText('Your screen share ended when this page was reloaded.')).toBeTruthy();
});

test('a call that moves here says that the screen share of the other device ended', async () => {
  const kit = await ready();
  kit.world.prepareRoom = (room) => {
    room.otherDevice = { isMicrophoneOn: true, hasMicrophone: true, isScreenOn: true };
  };
  await kit.receiveCall(activeView({ holderClientId: 'phone' }));
  await press('Move call here');
  await kit.take('move').answer(entered(activeView({ revision: 7 })));
  await kit.rooms[0]?.up();
  expect(screen.getByText('Your screen share ended when the call moved here.')).toBeTruthy();
  expect(button('Share again')).toBeTruthy();
});

test('where the browser cannot share a screen the notice offers no way to do so', async () => {
  vi.stubGlobal('navigator', { mediaDevices: {} });
  const kit = await ready();
  kit.world.prepareRoom = (room) => {
    room.otherDevice = { isMicrophoneOn: true, hasMicrophone: true, isScreenOn: true };
  };
  await kit.receiveCall(activeView({ holderClientId: 'phone' }));
  await press('Move call here');
  await kit.take('move').answer(entered(activeView({ revision: 7 })));
  await kit.rooms[0]?.up();
  expect(screen.getByText('Your screen share ended when the call moved here.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Share again' })).toBeNull();
});
