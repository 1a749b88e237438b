import type { DeviceKind } from '@parley/call-kit';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MicrophoneAnswer } from '@/lib/call-ui/media/request-microphone';
import { changePreferences, readPreferences } from '@/lib/call-ui/preferences';
import { entered, type FakeRoom, fakeTrack, renderKit } from './support/kit';
import { page, talking } from './support/page';
import { activeView, snapshot } from './support/views';

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

const button = (name: string) => screen.getByRole('button', { name });
const press = (name: string) => act(async () => void fireEvent.click(button(name)));
const isOn = (name: string) => button(name).getAttribute('aria-pressed') === 'true';
const choose = (change: Parameters<typeof changePreferences>[0]) =>
  act(async () => changePreferences(change));

/** Devices that open when the test says so, one `open()` for each; as LiveKit has it, the last to open is in use. */
function slowDevices(room: FakeRoom, kind: DeviceKind) {
  const waiting: (() => void)[] = [];
  let chosen = '';
  const device = { inUse: null as string | null, opening: 0, mostAtOnce: 0 };
  const opens = async (id: string) => {
    device.opening += 1;
    device.mostAtOnce = Math.max(device.mostAtOnce, device.opening);
    await new Promise<void>((resolve) => waiting.push(resolve));
    device.opening -= 1;
    device.inUse = id;
  };
  room.setCamera = async (isCameraOn) => {
    if (isCameraOn) await opens(chosen);
    else device.inUse = null;
    room.change({ isCameraOn });
  };
  room.switchDevice = async (of, id) => {
    if (of !== kind) return;
    chosen = id;
    if (kind === 'audiooutput' || room.state().isCameraOn) await opens(id);
  };
  const open = (which = 0) => act(async () => waiting.splice(which, 1)[0]?.());
  return { device, open, waiting };
}

async function withRoom() {
  const kit = await talking();
  const room = kit.rooms[0];
  if (!room) throw new Error('the call has a room');
  return { kit, room };
}

test('a camera that is chosen while another one is being opened is the one in use', async () => {
  const { room } = await withRoom();
  const { device, open } = slowDevices(room, 'videoinput');
  await press('Camera');
  await choose({ cameraId: 'desk' });
  await open();
  await open();
  expect(device.inUse).toBe('desk');
  expect(device.mostAtOnce).toBe(1);
});

test.each([
  ['videoinput', 'cameraId'],
  ['audiooutput', 'speakerId'],
] as const)('of two %s chosen in a row the last one is in use, whichever opens first', async (kind, key) => {
  const { room } = await withRoom();
  const { device, open, waiting } = slowDevices(room, kind);
  if (kind === 'videoinput') {
    await press('Camera');
    await open();
  }
  await choose({ [key]: 'first' });
  await choose({ [key]: 'second' });
  // Where both open at once, the second is there first.
  await open(waiting.length - 1);
  await open();
  expect(device.inUse).toBe('second');
});

test('a camera that is switched off while another one is being opened is off at once, and stays so', async () => {
  const { room } = await withRoom();
  const { open } = slowDevices(room, 'videoinput');
  await press('Camera');
  await open();
  await choose({ cameraId: 'desk' });
  await press('Camera');
  expect(isOn('Camera')).toBe(false);
  await open();
  expect(isOn('Camera')).toBe(false);
});

/** Microphones that come when the test says so, named after the choice they were asked for with. */
function slowMicrophones() {
  const waiting: { id: string; arrive: () => Promise<void> }[] = [];
  const named = new Map<MediaStreamTrack, string>();
  const requestMicrophone = () => {
    const id = readPreferences().microphoneId;
    const track = fakeTrack() as unknown as MediaStreamTrack;
    named.set(track, id);
    return new Promise<MicrophoneAnswer>((resolve) => {
      waiting.push({ id, arrive: () => act(async () => resolve({ track })) });
    });
  };
  const next = () => {
    const [first] = waiting.splice(0, 1);
    if (!first) throw new Error('no microphone was asked for');
    return first.arrive();
  };
  const lastOf = (room: FakeRoom | undefined) => named.get(room?.published.at(-1) as MediaStreamTrack);
  return { requestMicrophone, next, waiting, lastOf };
}

async function callWith(microphones: ReturnType<typeof slowMicrophones>) {
  const kit = renderKit(page);
  kit.world.ask = microphones.requestMicrophone;
  await kit.say({ type: 'snapshot', data: snapshot() });
  await press('Call');
  return kit;
}

test('a microphone that is chosen while the call still connects is the one that is heard', async () => {
  const microphones = slowMicrophones();
  const kit = await callWith(microphones);
  await choose({ microphoneId: 'desk' });
  await kit.take('start').answer(entered(activeView()));
  await kit.rooms[0]?.up();
  while (microphones.waiting.length > 0) await microphones.next();
  expect(microphones.lastOf(kit.rooms[0])).toBe('desk');
});

test('a microphone that is chosen while the first one is being opened is the one that is heard', async () => {
  const microphones = slowMicrophones();
  const kit = await callWith(microphones);
  await kit.take('start').answer(entered(activeView()));
  await kit.rooms[0]?.up();
  await choose({ microphoneId: 'desk' });
  // Where both are asked for at once, the second comes first.
  const [first, second] = microphones.waiting.splice(0, 2);
  await second?.arrive();
  await first?.arrive();
  while (microphones.waiting.length > 0) await microphones.next();
  expect(microphones.lastOf(kit.rooms[0])).toBe('desk');
});

test('a microphone that is chosen while another one is switched on is the one that is heard', async () => {
  const kit = renderKit(page);
  kit.world.microphone = { problem: 'missing' };
  await kit.say({ type: 'snapshot', data: snapshot() });
  await press('Call');
  await kit.take('start').answer(entered(activeView()));
  await kit.rooms[0]?.up();
  const microphones = slowMicrophones();
  kit.world.ask = microphones.requestMicrophone;
  await press('Microphone');
  await choose({ microphoneId: 'desk' });
  while (microphones.waiting.length > 0) await microphones.next();
  expect(microphones.lastOf(kit.rooms[0])).toBe('desk');
});

test('a mute while another microphone is being opened counts at once, and for that one, too', async () => {
  const { kit, room } = await withRoom();
  const microphones = slowMicrophones();
  kit.world.ask = microphones.requestMicrophone;
  await choose({ microphoneId: 'desk' });
  await press('Microphone');
  expect(isOn('Microphone')).toBe(false);
  await microphones.next();
  expect(microphones.lastOf(room)).toBe('desk');
  expect(isOn('Microphone')).toBe(false);
});
