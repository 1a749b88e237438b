import { useCall, usePictureInPicture, type VideoSource } from '@parley/call-kit';
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MediaPerson } from '@/lib/call-ui/media/media-types';
import { entered } from './support/kit';
import { second, talking } from './support/page';
import { activeView, alice, bob, carol, line } from './support/views';

/** The one window a browser has: the element in it. */
let inWindow: Element | null = null;
/** The elements that each source is attached to. */
let attached: Map<string, HTMLVideoElement[]>;

beforeEach(() => {
  inWindow = null;
  attached = new Map();
  const value = (of: unknown) => ({ configurable: true, value: of });
  Object.defineProperties(document, {
    pictureInPictureEnabled: value(true),
    pictureInPictureElement: { configurable: true, get: () => inWindow },
    exitPictureInPicture: value(async () => {
      const was = inWindow;
      inWindow = null;
      was?.dispatchEvent(new Event('leavepictureinpicture'));
    }),
  });
  Object.defineProperty(
    HTMLVideoElement.prototype,
    'requestPictureInPicture',
    value(async function request(this: HTMLVideoElement) {
      inWindow = this;
    }),
  );
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(async () => {});
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
  for (const name of ['pictureInPictureEnabled', 'pictureInPictureElement', 'exitPictureInPicture'])
    Reflect.deleteProperty(document, name);
  Reflect.deleteProperty(HTMLVideoElement.prototype, 'requestPictureInPicture');
});

const source = (id: string): VideoSource => ({
  id,
  isMirrored: false,
  attach: (element) => {
    attached.set(id, [...(attached.get(id) ?? []), element]);
    queueMicrotask(() => element.dispatchEvent(new Event('loadedmetadata')));
  },
  detach: (element) =>
    attached.set(
      id,
      (attached.get(id) ?? []).filter((other) => other !== element),
    ),
});

const showing = (camera: VideoSource | null, shared: VideoSource | null = null) => {
  const person: MediaPerson = {
    isSpeaking: false,
    isMuted: false,
    hasMicrophone: true,
    quality: 'good',
    camera,
    screen: shared,
  };
  return { people: new Map([[bob.id, person]]) };
};

const talkingToCarol = {
  id: 'call_2',
  conversation: second().conversation,
  people: [line(carol, null, 'joined'), line(alice, 'accepted', 'joined')],
};

function Opener() {
  const toggle = usePictureInPicture(useCall().people);
  return toggle ? (
    <button type="button" onClick={toggle}>
      Open the window
    </button>
  ) : null;
}

/** Alice sees Bob's camera in a window of its own. */
async function watching() {
  const kit = await talking(<Opener />);
  await act(async () => kit.rooms[0]?.change(showing(source('camera'))));
  await act(async () => screen.getByText('Open the window').click());
  expect(inWindow).not.toBeNull();
  return kit;
}
/** How often a source is attached to the element in the window. */
const inWindowOf = (id: string) => (attached.get(id) ?? []).filter((element) => element === inWindow).length;
const isOver = () => {
  expect(inWindow).toBeNull();
  // Those that are left show it in the page.
  for (const elements of attached.values()) expect(elements.every((one) => one.isConnected)).toBe(true);
};

test('the window closes when the call is left, and lets the picture go', async () => {
  await watching();
  await act(async () => screen.getByRole('button', { name: 'Disconnect' }).click());
  isOver();
});

test('the window closes when the other side ends the call', async () => {
  const kit = await watching();
  await kit.receiveCall(activeView({ status: 'ended', endReason: 'completed', revision: 9 }));
  isOver();
});

test('the window closes when another call takes the place of this one', async () => {
  const kit = await watching();
  await kit.receiveCall(second());
  await act(async () => screen.getByRole('button', { name: 'Accept' }).click());
  await act(async () => screen.getByRole('button', { name: 'Switch call' }).click());
  expect(inWindow).not.toBeNull();
  await kit.take('accept').answer(entered({ ...activeView({ revision: 8 }), ...talkingToCarol }));
  isOver();
});

test('the window closes with the page', async () => {
  const kit = await watching();
  kit.unmount();
  expect(inWindow).toBeNull();
  expect([...attached.values()].flat()).toEqual([]);
});

test('a window that opens after the call has ended closes again', async () => {
  const kit = await talking(<Opener />);
  const late = source('camera');
  const attach = late.attach;
  let load = () => {};
  late.attach = (element) => {
    if (element.isConnected) attach(element);
    else load = () => element.dispatchEvent(new Event('loadedmetadata'));
  };
  await act(async () => kit.rooms[0]?.change(showing(late)));
  await act(async () => screen.getByText('Open the window').click());
  await act(async () => screen.getByRole('button', { name: 'Disconnect' }).click());
  await act(async () => load());
  expect(inWindow).toBeNull();
});

test('the window stays through a lost connection and shows the new picture', async () => {
  const kit = await watching();
  await kit.rooms[0]?.lose();
  await act(async () => void window.dispatchEvent(new Event('online')));
  await kit.take('join').answer(entered(activeView({ revision: 7 })));
  await kit.rooms[1]?.up();
  await act(async () => kit.rooms[1]?.change(showing(source('camera again'))));
  expect(inWindow).not.toBeNull();
  expect([inWindowOf('camera again'), inWindowOf('camera')]).toEqual([1, 0]);
});

test('the window turns to a screen that is shared, and closes soon after the last picture has ended', async () => {
  const kit = await watching();
  await act(async () => kit.rooms[0]?.change(showing(source('camera'), source('screen'))));
  expect([inWindowOf('screen'), inWindowOf('camera')]).toEqual([1, 0]);
  vi.useFakeTimers();
  await act(async () => kit.rooms[0]?.change(showing(null)));
  expect(inWindow).not.toBeNull();
  await act(() => vi.advanceTimersByTimeAsync(3000));
  isOver();
});

test('the button closes what it opened, and so does the browser’s own', async () => {
  await watching();
  await act(async () => screen.getByText('Open the window').click());
  isOver();
  await act(async () => screen.getByText('Open the window').click());
  expect(inWindow).not.toBeNull();
  await act(async () => document.exitPictureInPicture());
  isOver();
});
