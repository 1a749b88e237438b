import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { changePreferences } from '@/lib/call-ui/preferences';
import { entered, renderKit } from './support/kit';
import { page, phase, talking } from './support/page';
import { activeView, snapshot } from './support/views';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  sessionStorage.clear();
  localStorage.clear();
});

type Kit = Awaited<ReturnType<typeof talking>>;
const button = (name: string) => screen.getByRole('button', { name });
const press = (name: string) => act(async () => void fireEvent.click(button(name)));
const isOn = (name: string) => button(name).getAttribute('aria-pressed') === 'true';

/** What browsers say of a device that another program has. */
const inUse = () => Object.assign(new Error('in use'), { name: 'NotReadableError' });

const says = (text: string) => screen.queryAllByText(text).length > 0;

function lastRoom(kit: Kit) {
  const room = kit.rooms.at(-1);
  if (!room) throw new Error('the call has a room');
  return room;
}

/** Loses the connection for good and takes it up anew. */
async function reconnect(kit: Kit) {
  await lastRoom(kit).lose();
  await act(async () => void window.dispatchEvent(new Event('online')));
  await kit.take('join').answer(entered(activeView({ revision: 7 + kit.rooms.length })));
  await lastRoom(kit).up();
  expect(phase()).toBe('connected');
}

test('a camera that failed to open stays off, however often the call reconnects', async () => {
  const kit = await talking();
  lastRoom(kit).setCamera = async () => {
    throw inUse();
  };
  await press('Camera');
  expect(says('Another program is using your camera.')).toBe(true);
  await reconnect(kit);
  expect(isOn('Camera')).toBe(false);
  await reconnect(kit);
  expect(isOn('Camera')).toBe(false);
});

test('a camera that could not be opened after a reconnect stays off at the next one', async () => {
  const kit = await talking();
  await press('Camera');
  kit.world.prepareRoom = (room) => {
    room.setCamera = async () => {
      throw inUse();
    };
  };
  await reconnect(kit);
  kit.world.prepareRoom = () => {};
  expect(isOn('Camera')).toBe(false);
  expect(says('Another program is using your camera.')).toBe(true);
  await reconnect(kit);
  expect(isOn('Camera')).toBe(false);
});

test('a camera whose opening the reconnect overtook stays off, and can be switched on at once', async () => {
  const kit = await talking();
  const first = lastRoom(kit);
  const opening = Promise.withResolvers<void>();
  first.setCamera = () => opening.promise;
  await press('Camera');
  await reconnect(kit);
  expect(isOn('Camera')).toBe(false);
  expect(button('Camera').getAttribute('aria-busy')).toBe('false');
  // The old connection lets go of the camera that came too late.
  await act(async () => opening.resolve());
  await reconnect(kit);
  expect(isOn('Camera')).toBe(false);
  await press('Camera');
  expect(isOn('Camera')).toBe(true);
});

test('a camera that was unplugged is not replaced by another one at the reconnect', async () => {
  const kit = await talking();
  await press('Camera');
  await act(async () =>
    lastRoom(kit).change({
      isCameraOn: false,
      unplugged: new Set(['videoinput']),
      deviceNews: { kind: 'videoinput', what: 'lost', deviceId: null, name: '' },
    }),
  );
  await reconnect(kit);
  expect(isOn('Camera')).toBe(false);
});

test.each([
  ['granted', true],
  ['prompt', false],
] as const)(
  'a camera that was on before a reload, where the browser has it %s, is on again: %s',
  async (state, isBack) => {
    vi.stubGlobal('navigator', { permissions: { query: async () => ({ state }) } });
    const kit = await talking();
    await press('Camera');
    kit.unmount();
    const reloaded = renderKit(page);
    await reloaded.say({ type: 'snapshot', data: snapshot([activeView()]) });
    await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
    await reloaded.take('join').answer(entered(activeView({ revision: 3 })));
    await reloaded.rooms[0]?.up();
    expect(isOn('Camera')).toBe(isBack);
  },
);

test('a microphone that failed stays off at the reconnect, is not asked for, and is still said to be missing', async () => {
  const kit = await talking();
  kit.world.microphone = { problem: 'missing' };
  await press('Disconnect');
  await kit.take('leave').answer(activeView({ status: 'ended', endReason: 'completed', revision: 5 }));
  await press('Call again');
  await kit.take('start').answer(entered(activeView({ id: 'call_2', revision: 6 })));
  await lastRoom(kit).up();
  expect(says('No microphone was found. Bob can’t hear you.')).toBe(true);

  kit.world.microphone = { track: kit.track as unknown as MediaStreamTrack };
  await lastRoom(kit).lose();
  await act(async () => void window.dispatchEvent(new Event('online')));
  await kit.take('join').answer(entered(activeView({ id: 'call_2', revision: 7 })));
  await lastRoom(kit).up();
  expect(isOn('Microphone')).toBe(false);
  expect(lastRoom(kit).published).toEqual([]);
  expect(says('No microphone was found. Bob can’t hear you.')).toBe(true);
  await press('Try again');
  expect(isOn('Microphone')).toBe(true);
});

test('a microphone that was unplugged is not replaced by another one at the reconnect', async () => {
  const kit = await talking();
  await act(async () =>
    lastRoom(kit).change({
      isMicrophoneOn: false,
      unplugged: new Set(['audioinput']),
      deviceNews: { kind: 'audioinput', what: 'lost', deviceId: null, name: '' },
    }),
  );
  await reconnect(kit);
  expect(isOn('Microphone')).toBe(false);
  expect(lastRoom(kit).published).toEqual([]);
  expect(says('No microphone was found. Bob can’t hear you.')).toBe(true);
});

test('a microphone that was unplugged is not pressed, says that there is none, and a press asks for one', async () => {
  const kit = await talking();
  // Unplugged this very moment: LiveKit has not muted it yet.
  await act(async () => lastRoom(kit).change({ unplugged: new Set(['audioinput']) }));
  const microphone = button('Microphone');
  expect(isOn('Microphone')).toBe(false);
  expect(microphone.title).toBe('No microphone');
  kit.world.microphone = { problem: 'missing' };
  await press('Microphone');
  expect(isOn('Microphone')).toBe(false);
  expect(says('No microphone was found.')).toBe(true);

  const plugged = { stop: () => {} } as unknown as MediaStreamTrack;
  kit.world.microphone = { track: plugged };
  await press('Microphone');
  await act(async () => lastRoom(kit).change({ unplugged: new Set() }));
  expect(lastRoom(kit).published.at(-1)).toBe(plugged);
  expect(isOn('Microphone')).toBe(true);
  expect(button('Microphone').title).toBe('Microphone');
});

test('an unmute that failed does not come true at the reconnect', async () => {
  const kit = await talking();
  await press('Microphone');
  const room = lastRoom(kit);
  room.setMicrophone = async () => {
    throw inUse();
  };
  await press('Microphone');
  expect(says('Another program is using your microphone.')).toBe(true);
  await reconnect(kit);
  expect(lastRoom(kit).published).toHaveLength(1);
  expect(isOn('Microphone')).toBe(false);
});

test('a change of the voice switches opens no microphone where none is sent', async () => {
  const kit = renderKit(page);
  kit.world.microphone = { problem: 'refused' };
  await kit.say({ type: 'snapshot', data: snapshot() });
  await press('Call');
  await kit.take('start').answer(entered(activeView()));
  await kit.rooms[0]?.up();
  kit.world.microphone = { track: kit.track as unknown as MediaStreamTrack };
  await act(async () => changePreferences({ noiseSuppression: false }));
  expect(kit.rooms[0]?.published).toEqual([]);
  expect(isOn('Microphone')).toBe(false);
});
