import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { changePreferences } from '@/lib/call-ui/preferences';
import type { FakeRoom } from './support/kit';
import { entered } from './support/kit';
import { ready, talking } from './support/page';
import { activeView, callView } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  localStorage.clear();
});

type Kit = Awaited<ReturnType<typeof talking>>;
const button = (name: string) => screen.getByLabelText(name, { selector: 'button' });
const press = (name: string) => act(async () => void button(name).click());
const isOn = (name: string) => button(name).getAttribute('aria-pressed') === 'true';

function lastRoom({ rooms }: Kit): FakeRoom {
  const room = rooms.at(-1);
  if (!room) throw new Error('the call has a room');
  return room;
}

/** LiveKit's own components, the app or the server change the room, and the kit hears of it from the room alone. */
const outside = (kit: Kit, change: Parameters<FakeRoom['change']>[0]) =>
  act(async () => lastRoom(kit).change(change));

async function reconnect(kit: Kit) {
  await lastRoom(kit).lose();
  await act(async () => void window.dispatchEvent(new Event('online')));
  await kit.take('join').answer(entered(activeView({ revision: 7 + kit.rooms.length })));
  await lastRoom(kit).up();
}

test('a microphone that was muted outside the kit is muted after a reconnect, and one that was unmuted is heard', async () => {
  const kit = await talking();
  expect(isOn('Microphone')).toBe(true);
  await outside(kit, { isMicrophoneOn: false });
  expect(isOn('Microphone')).toBe(false);
  await reconnect(kit);
  expect(isOn('Microphone')).toBe(false);
  await outside(kit, { isMicrophoneOn: true });
  await reconnect(kit);
  expect(isOn('Microphone')).toBe(true);
});

test('a microphone that was unplugged, which LiveKit mutes, is no choice: its replacement is heard', async () => {
  const kit = await talking();
  await outside(kit, { unplugged: new Set(['audioinput']), isMicrophoneOn: false });
  await outside(kit, {
    deviceNews: { kind: 'audioinput', what: 'added', deviceId: 'other', name: 'Headset' },
  });
  await act(async () => screen.getByText('Use it').click());
  // The room knows that it has a device again.
  await outside(kit, { unplugged: new Set() });
  expect(isOn('Microphone')).toBe(true);
});

test('a microphone that was withdrawn outside the kit is not heard after a reconnect', async () => {
  const kit = await talking();
  await outside(kit, { hasMicrophone: false, isMicrophoneOn: false });
  await reconnect(kit);
  expect(isOn('Microphone')).toBe(false);
});

test('a microphone that was published outside the kit in place of a missing one takes the notice away', async () => {
  const kit = await ready();
  kit.world.microphone = { problem: 'missing' };
  await press('Call');
  await kit.take('start').answer(entered(callView()));
  await kit.rooms[0]?.up();
  await kit.receiveCall(activeView());
  const said = 'No microphone was found. Bob can’t hear you.';
  expect(screen.queryByText(said)).toBeTruthy();
  await outside(kit, { hasMicrophone: true, isMicrophoneOn: true });
  expect(screen.queryByText(said)).toBeNull();
  expect(isOn('Microphone')).toBe(true);
});

test('a camera that was switched outside the kit is on after a reconnect, and off after the next', async () => {
  const kit = await talking();
  await outside(kit, { isCameraOn: true });
  await reconnect(kit);
  expect(isOn('Camera')).toBe(true);
  await outside(kit, { isCameraOn: false });
  await reconnect(kit);
  expect(isOn('Camera')).toBe(false);
});

test('tracks that LiveKit withdraws while it connects anew by itself were not switched off', async () => {
  const kit = await talking();
  await press('Camera');
  await outside(kit, { connection: 'reconnecting' });
  await outside(kit, { isCameraOn: false, isMicrophoneOn: false });
  await outside(kit, { isCameraOn: true, isMicrophoneOn: true });
  await outside(kit, { connection: 'connected' });
  await reconnect(kit);
  expect([isOn('Camera'), isOn('Microphone')]).toEqual([true, true]);
});

test('with push to talk a microphone that is opened later is never heard before its key', async () => {
  changePreferences({ pushMode: 'talk' });
  const kit = await ready();
  kit.world.microphone = { problem: 'missing' };
  await press('Call');
  await kit.take('start').answer(entered(callView()));
  await kit.rooms[0]?.up();
  await kit.receiveCall(activeView());
  const heard: boolean[] = [];
  kit.rooms[0]?.subscribe(() => heard.push(lastRoom(kit).state().isMicrophoneOn));
  kit.world.microphone = { track: kit.track as unknown as MediaStreamTrack };
  await press('Microphone');
  expect(lastRoom(kit).published).toHaveLength(1);
  expect(heard).not.toContain(true);
});

test('a room that was disconnected outside the kit leaves the call: the server hears it, and nothing rejoins', async () => {
  const kit = await talking();
  await outside(kit, { connection: 'disconnected', cause: 'left' });
  expect(screen.queryByRole('region', { name: 'Call' })).toBeNull();
  expect(lastRoom(kit).isClosed).toBe(true);
  expect(kit.events.at(-1)).toEqual({ type: 'left', callId: 'call_1' });
  const leave = kit.take('leave');
  expect(leave.args).toEqual(['call_1', { clientId: 'tab-of-alice' }]);
  await leave.answer(activeView({ status: 'ended', endReason: 'completed', elapsedMs: 5000, revision: 9 }));
  await act(async () => void window.dispatchEvent(new Event('online')));
  expect(kit.has('join')).toBe(false);
  expect(kit.rooms).toHaveLength(1);
});

test('a room that was disconnected outside the kit while it connects leaves, too', async () => {
  const kit = await ready();
  await press('Call');
  await kit.take('start').answer(entered(callView()));
  await outside(kit, { connection: 'disconnected', cause: 'left' });
  await act(async () => lastRoom(kit).connecting?.reject(new Error('cancelled')));
  expect(screen.queryByRole('region', { name: 'Call' })).toBeNull();
  expect(kit.has('leave')).toBe(true);
  await act(async () => void window.dispatchEvent(new Event('online')));
  expect(kit.has('join')).toBe(false);
});
