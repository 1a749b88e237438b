import { readPreferences } from '@parley/call-kit';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type CallPreferences, changePreferences } from '@/lib/call-ui/preferences';
import { canBePushKey, isPush, pushKeyText } from '@/lib/call-ui/push-keys';
import { holdShortcuts } from '@/lib/call-ui/shortcuts';
import { english } from '@/lib/call-ui/words/en';
import { readyWords } from '@/lib/call-ui/words/ready-words';
import { entered } from './support/kit';
import { ready, talking } from './support/page';
import { activeView, callView, snapshot } from './support/views';

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.useRealTimers();
});

const choose = (change: Partial<CallPreferences>) => act(async () => changePreferences(change));
const down = (code: string, target: Element = document.body, init: KeyboardEventInit = {}) =>
  act(async () => fireEvent.keyDown(target, { code, ...init }));
const up = (code: string, target: Element = document.body) =>
  act(async () => fireEvent.keyUp(target, { code }));
/** Longer than the microphone stays open after the key. */
const afterwards = () => act(async () => void (await vi.advanceTimersByTimeAsync(250)));

async function withKey(change: Partial<CallPreferences>) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await choose({ pushKey: 'KeyV', ...change });
  const kit = await talking(<input aria-label="Message" />);
  const isOn = () => kit.rooms.at(-1)?.state().isMicrophoneOn;
  return { kit, isOn, field: screen.getByRole('textbox', { name: 'Message' }) };
}

test('with push to talk a call starts muted, is heard while the key is held and a moment longer', async () => {
  const { isOn } = await withKey({ pushMode: 'talk' });
  expect(isOn()).toBe(false);
  await down('KeyV');
  expect(isOn()).toBe(true);
  await down('KeyV', document.body, { repeat: true });
  await up('KeyV');
  expect(isOn()).toBe(true);
  await afterwards();
  expect(isOn()).toBe(false);
});

test('pressed again before the microphone has closed, it stays open', async () => {
  const { isOn } = await withKey({ pushMode: 'talk' });
  await down('KeyV');
  await up('KeyV');
  await down('KeyV');
  await afterwards();
  expect(isOn()).toBe(true);
  await up('KeyV');
  await afterwards();
  expect(isOn()).toBe(false);
});

test('with push to mute the key mutes, and leaves a person who was muted before muted', async () => {
  const { isOn } = await withKey({ pushMode: 'mute' });
  expect(isOn()).toBe(true);
  await down('KeyV');
  expect(isOn()).toBe(false);
  await up('KeyV');
  expect(isOn()).toBe(true);
  await act(async () => screen.getByRole('button', { name: 'Microphone' }).click());
  await down('KeyV');
  await up('KeyV');
  await afterwards();
  expect(isOn()).toBe(false);
});

test('a letter that is typed is no push; a key that types nothing works in a text field, too', async () => {
  const { isOn, field } = await withKey({ pushMode: 'talk' });
  expect(await down('KeyV', field)).toBe(true);
  expect(isOn()).toBe(false);
  await choose({ pushKey: 'ControlRight' });
  await down('ControlRight', field);
  expect(isOn()).toBe(true);
});

test('a held key neither presses the focused button nor repeats', async () => {
  await withKey({ pushMode: 'talk', pushKey: 'Space' });
  const button = screen.getByRole('button', { name: 'Camera' });
  expect(await down('Space', button)).toBe(false);
  expect(await down('Space', button, { repeat: true })).toBe(false);
  expect(await up('Space', button)).toBe(false);
});

test('a window that loses the keyboard ends the hold', async () => {
  const { isOn } = await withKey({ pushMode: 'talk' });
  await down('KeyV');
  await act(async () => fireEvent.blur(window));
  await afterwards();
  expect(isOn()).toBe(false);
});

test('a key that is let go while the connection is lost leaves the next connection muted', async () => {
  const { kit, isOn } = await withKey({ pushMode: 'talk' });
  await down('KeyV');
  await kit.rooms[0]?.lose();
  await up('KeyV');
  await afterwards();
  await act(async () => void window.dispatchEvent(new Event('online')));
  await act(async () => void (await vi.advanceTimersByTimeAsync(1000)));
  await kit.take('join').answer(entered(activeView({ revision: 3 })));
  await kit.rooms[1]?.up();
  expect(isOn()).toBe(false);
});

test('a hold that outlives its call does not open the microphone of the next one', async () => {
  const { kit } = await withKey({ pushMode: 'mute' });
  await down('KeyV');
  await act(async () => screen.getByRole('button', { name: 'Disconnect' }).click());
  await kit.receiveCall(activeView({ status: 'ended', endReason: 'completed', revision: 9 }));
  await choose({ isJoiningMuted: true });
  await act(async () => screen.getByRole('button', { name: 'Call' }).click());
  await kit.take('start').answer(entered(callView({ id: 'call_2' })));
  await kit.rooms[1]?.up();
  expect(kit.rooms[1]?.state()).toMatchObject({ hasMicrophone: true, isMicrophoneOn: false });
  await up('KeyV');
  expect(kit.rooms[1]?.state().isMicrophoneOn).toBe(false);
});

test('choosing push to talk in Settings mutes the running call, and no key acts while one is recorded', async () => {
  const { isOn } = await withKey({ pushMode: 'off' });
  await down('KeyV');
  expect(isOn()).toBe(true);
  await choose({ pushMode: 'talk' });
  expect(isOn()).toBe(false);
  const release = holdShortcuts();
  await down('KeyV');
  release();
  expect(isOn()).toBe(false);
});

test('Join calls muted: the next call starts muted, and a reload keeps what was chosen since', async () => {
  await choose({ isJoiningMuted: true });
  const kit = await talking();
  expect(kit.rooms[0]?.state()).toMatchObject({ hasMicrophone: true, isMicrophoneOn: false });
  await act(async () => screen.getByRole('button', { name: 'Microphone' }).click());
  expect(kit.rooms[0]?.state().isMicrophoneOn).toBe(true);
  cleanup();
  const reloaded = await ready();
  await reloaded.say({ type: 'snapshot', data: snapshot([activeView({ revision: 4 })]) });
  await vi.waitFor(() => expect(reloaded.has('join')).toBe(true));
  await reloaded.take('join').answer(entered(activeView({ revision: 5 })));
  await vi.waitFor(() => expect(reloaded.rooms[0]?.state().isMicrophoneOn).toBe(true));
});

test.each([
  ['KeyV', 'input', false],
  ['KeyV', 'textarea', false],
  ['KeyV', 'select', false],
  ['KeyV', 'button', true],
  ['KeyV', 'div', true],
  ['F8', 'input', true],
  ['ControlLeft', 'textarea', true],
  ['AltRight', 'input', true],
  ['Space', 'input', false],
])('%s pressed in <%s> counts as a push: %s', (code, tag, counts) => {
  const target = document.createElement(tag);
  expect(isPush({ code, target }, code)).toBe(counts);
  expect(isPush({ code: 'KeyB', target }, code)).toBe(false);
});

test('a slider and a checkbox take no text, and a key that browsers need can’t be chosen', () => {
  for (const type of ['range', 'checkbox']) {
    const target = Object.assign(document.createElement('input'), { type });
    expect(isPush({ code: 'KeyV', target }, 'KeyV')).toBe(true);
  }
  expect(['Escape', 'Tab', 'Enter', 'F5', 'F11', ''].filter(canBePushKey)).toEqual([]);
  expect(['KeyV', 'Space', 'Backquote', 'ControlRight', 'F8', 'CapsLock'].filter(canBePushKey)).toHaveLength(
    6,
  );
  expect(
    ['KeyV', 'ControlRight', 'Backquote', 'Numpad0'].map((code) => pushKeyText(code, readyWords(english))),
  ).toEqual(['V', 'Right Ctrl', '`', 'Numpad 0']);
  expect(readPreferences().pushMode).toBe('off');
});
