import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { entered, renderKit } from './support/kit';
import { page, phase, talking } from './support/page';
import { activeView, snapshot } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

test('when another device takes the call over, this one talks until LiveKit sends it away, then lets go quietly', async () => {
  const kit = await talking();
  await kit.receiveCall(activeView({ holderClientId: 'phone', revision: 7 }));
  expect(phase()).toBe('connected');
  expect(kit.rooms[0]?.isClosed).toBe(false);
  await act(async () => kit.rooms[0]?.change({ connection: 'disconnected', cause: 'removed' }));
  expect(kit.rooms[0]?.isClosed).toBe(true);
  expect(kit.has('leave')).toBe(false);
  expect(kit.has('join')).toBe(false);
  expect(kit.events.at(-1)).toEqual({ type: 'moved', callId: 'call_1' });
  expect(screen.getByRole('button', { name: 'Move call here' })).toBeTruthy();
});

test('a lost connection is taken up again with a fresh token while the server counts me in', async () => {
  const kit = await talking();
  await kit.rooms[0]?.lose();
  expect(phase()).toBe('reconnecting');
  await act(async () => void window.dispatchEvent(new Event('online')));
  await kit.take('join').answer(entered(activeView({ revision: 7 })));
  expect(phase()).toBe('reconnecting');
  await kit.rooms[1]?.up();
  expect(phase()).toBe('connected');
});

test('a camera that was on is on again after the connection was lost, one that was switched off is not', async () => {
  const kit = await talking();
  const again = async (room: number) => {
    await kit.rooms[room]?.lose();
    await act(async () => void window.dispatchEvent(new Event('online')));
    await kit.take('join').answer(entered(activeView({ revision: 7 + room })));
    await kit.rooms[room + 1]?.up();
    return kit.rooms[room + 1]?.state().isCameraOn;
  };
  const camera = () => screen.getByRole('button', { name: 'Camera' });
  await act(async () => camera().click());
  expect(await again(0)).toBe(true);
  await act(async () => camera().click());
  expect(await again(1)).toBe(false);
});

test('a lost connection is given up when the server says that I am out', async () => {
  const kit = await talking();
  await kit.rooms[0]?.lose();
  await kit.receiveCall(activeView({ status: 'ended', endReason: 'failed', revision: 8 }));
  expect(screen.getByText('Call failed')).toBeTruthy();
  await act(async () => void window.dispatchEvent(new Event('online')));
  expect(kit.has('join')).toBe(false);
});

test('a reloaded tab goes back into the call it holds', async () => {
  const kit = renderKit(page);
  await kit.say({ type: 'snapshot', data: snapshot([activeView()]) });
  expect(phase()).toBe('connecting');
  await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
  const join = kit.take('join');
  expect(join.args).toEqual(['call_1', { clientId: 'tab-of-alice' }]);
  await join.answer(entered(activeView({ revision: 3 })));
  await kit.rooms[0]?.up();
  expect(phase()).toBe('connected');
  expect(kit.opened).toEqual([]);
});

test('my call that a snapshot lacks is asked for, and its end is shown', async () => {
  const kit = await talking();
  await kit.say({ type: 'snapshot', data: snapshot([]) });
  expect(phase()).toBe('connected');
  await kit
    .take('get')
    .answer(activeView({ status: 'ended', endReason: 'completed', elapsedMs: 5000, revision: 9 }));
  expect(screen.getByText('Call ended')).toBeTruthy();
});

test('signing out leaves no call behind in this tab', async () => {
  const kit = await talking();
  await kit.say({ type: 'signed-out', data: {} });
  expect(kit.rooms[0]?.isClosed).toBe(true);
  expect(screen.queryByRole('region', { name: 'Call' })).toBeNull();
});

test('connections that fail in a row leave one way back, and nothing that replaces a good connection later', async () => {
  const kit = await talking();
  const online = () => act(async () => void window.dispatchEvent(new Event('online')));
  await kit.rooms[0]?.lose();
  for (const number of [1, 2]) {
    await online();
    await kit.take('join').answer(entered(activeView({ revision: 6 + number })));
    expect(kit.has('join')).toBe(false);
    // LiveKit emits the disconnect first, and the failure to connect afterwards.
    await kit.rooms[number]?.lose();
    await act(async () => kit.rooms[number]?.connecting?.reject(new Error('could not connect')));
  }
  await online();
  await kit.take('join').answer(entered(activeView({ revision: 9 })));
  await kit.rooms[3]?.up();
  expect(phase()).toBe('connected');
  await online();
  await kit.stream('connecting');
  await kit.stream('open');
  expect(kit.has('join')).toBe(false);
  expect(kit.rooms[3]?.isClosed).toBe(false);
});
