import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { OtherDevice } from '@/lib/call-ui/media/media-types';
import { entered, renderKit } from './support/kit';
import { page, ready } from './support/page';
import { activeView, snapshot } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

const button = (name: string) => screen.getByRole('button', { name });
const press = (name: string) => act(async () => void fireEvent.click(button(name)));
const isOn = (name: string) => button(name).getAttribute('aria-pressed') === 'true';
const assumed = 'You are muted, in case you were muted on your other device.';

/** The phone holds the call; this tab takes it over and finds there what the phone sends. */
async function moveHere(other: OtherDevice | null) {
  const kit = await ready();
  kit.world.prepareRoom = (room) => {
    room.otherDevice = other;
  };
  await kit.receiveCall(activeView({ holderClientId: 'phone' }));
  await press('Move call here');
  await kit.take('move').answer(entered(activeView({ revision: 7 })));
  const [room] = kit.rooms;
  if (!room) throw new Error('the call has a room');
  return { kit, room };
}

test('a call that was muted on the other device is muted here, without a word about it', async () => {
  const { room } = await moveHere({ isMicrophoneOn: false, hasMicrophone: true, isScreenOn: false });
  expect(room.state().isMicrophoneOn).toBe(false);
  await room.up();
  expect(room.published).toHaveLength(1);
  expect(isOn('Microphone')).toBe(false);
  expect(isOn('Camera')).toBe(false);
  expect(screen.queryByText(assumed)).toBeNull();
  await press('Microphone');
  expect(isOn('Microphone')).toBe(true);
});

test('a call that was heard on the other device is heard here, but not before that is known', async () => {
  const { room } = await moveHere({ isMicrophoneOn: true, hasMicrophone: true, isScreenOn: false });
  expect(room.published).toHaveLength(1);
  expect(room.state().isMicrophoneOn).toBe(false);
  await room.up();
  expect(isOn('Microphone')).toBe(true);
});

test.each([
  ['is gone', null],
  ['sends no microphone', { isMicrophoneOn: false, hasMicrophone: false, isScreenOn: false }],
])('a call whose other device %s is muted here, and says so until the person unmutes', async (_, other) => {
  const { room } = await moveHere(other);
  await room.up();
  expect(isOn('Microphone')).toBe(false);
  expect(screen.getByText(assumed)).toBeTruthy();
  await press('Unmute');
  expect(isOn('Microphone')).toBe(true);
  expect(screen.queryByText(assumed)).toBeNull();
});

test('a microphone that is switched on here before the other device is known stays on', async () => {
  const { room } = await moveHere({ isMicrophoneOn: false, hasMicrophone: true, isScreenOn: false });
  await press('Microphone');
  await room.up();
  expect(isOn('Microphone')).toBe(true);
});

test('a moved call keeps its mute through a reconnect and a reload', async () => {
  const { kit, room } = await moveHere({ isMicrophoneOn: false, hasMicrophone: true, isScreenOn: false });
  await room.up();
  await room.lose();
  await act(async () => void window.dispatchEvent(new Event('online')));
  await kit.take('join').answer(entered(activeView({ revision: 8 })));
  await kit.rooms[1]?.up();
  expect(isOn('Microphone')).toBe(false);
  kit.unmount();

  const reloaded = renderKit(page);
  await reloaded.say({ type: 'snapshot', data: snapshot([activeView({ revision: 8 })]) });
  await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
  await reloaded.take('join').answer(entered(activeView({ revision: 9 })));
  await reloaded.rooms[0]?.up();
  expect(isOn('Microphone')).toBe(false);
});

test('a tab that is reloaded before the other device is known still asks that device', async () => {
  const { kit } = await moveHere({ isMicrophoneOn: false, hasMicrophone: true, isScreenOn: false });
  kit.unmount();
  const reloaded = renderKit(page);
  reloaded.world.prepareRoom = (room) => {
    room.otherDevice = { isMicrophoneOn: false, hasMicrophone: true, isScreenOn: false };
  };
  await reloaded.say({ type: 'snapshot', data: snapshot([activeView({ revision: 8 })]) });
  await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
  await reloaded.take('join').answer(entered(activeView({ revision: 9 })));
  await reloaded.rooms[0]?.up();
  expect(isOn('Microphone')).toBe(false);
});
