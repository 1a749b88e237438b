import { useCall, usePictureInPicture } from '@parley/call-kit';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changePreferences } from '@/lib/call-ui/preferences';
import { entered } from './support/kit';
import { ready, second, talking } from './support/page';
import { activeView, alice, carol, line } from './support/views';

/** A browser's window above all others: an iframe, whose document and keys are its own. */
let opened: { window: Window; isClosed: boolean }[] = [];
let refuses = false;
let offered: (() => void) | null = null;

beforeEach(() => {
  localStorage.clear();
  opened = [];
  refuses = false;
  offered = null;
  vi.stubGlobal('documentPictureInPicture', {
    async requestWindow() {
      if (refuses) throw new DOMException('no click', 'NotAllowedError');
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const window = frame.contentWindow;
      if (!window) throw new Error('the frame has a window');
      const made = { window, isClosed: false };
      window.close = () => {
        made.isClosed = true;
        frame.remove();
      };
      opened.push(made);
      return window;
    },
  });
  Object.defineProperty(navigator, 'mediaSession', {
    configurable: true,
    value: {
      setActionHandler: (action: string, handler: (() => void) | null) => {
        if (action === 'enterpictureinpicture') offered = handler;
      },
    },
  });
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'mediaSession');
});

function Opener() {
  const toggle = usePictureInPicture(useCall().people);
  return toggle ? (
    <button type="button" onClick={toggle}>
      Open the window
    </button>
  ) : null;
}
const open = () => act(async () => screen.getByText('Open the window').click());
const inside = () => {
  const body = opened.at(-1)?.window.document.body;
  if (!body) throw new Error('a window is open');
  return within(body);
};

async function poppedOut() {
  const kit = await talking(<Opener />);
  await open();
  await vi.waitFor(() => inside().getByLabelText('Call'));
  return kit;
}

test('the window shows faces, how long and the controls of a call without any picture', async () => {
  const kit = await poppedOut();
  expect(inside().getByLabelText('Bob')).toBeTruthy();
  expect(inside().getByRole('timer')).toBeTruthy();
  await act(async () => fireEvent.click(inside().getByTitle('Microphone')));
  expect(kit.rooms[0]?.state().isMicrophoneOn).toBe(false);
  await act(async () => fireEvent.click(inside().getByTitle('Disconnect')));
  expect(kit.rooms[0]?.isClosed).toBe(true);
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([true]);
});

test('styles that are loaded with the window reach it', async () => {
  await poppedOut();
  const late = document.createElement('style');
  late.textContent = '.late {}';
  await act(async () => document.head.append(late));
  expect(opened[0]?.window.document.head.textContent).toContain('.late {}');
  late.remove();
});

test('keys work in the window, too: push to talk and the shortcuts', async () => {
  await act(async () => changePreferences({ pushMode: 'talk', pushKey: 'KeyV' }));
  const kit = await poppedOut();
  const window = opened[0]?.window;
  if (!window) throw new Error('a window is open');
  await act(async () => fireEvent.keyDown(window, { code: 'KeyV' }));
  expect(kit.rooms[0]?.state().isMicrophoneOn).toBe(true);
  await act(async () => fireEvent.keyDown(window, { code: 'KeyH', ctrlKey: true, shiftKey: true }));
  expect(kit.rooms[0]?.isClosed).toBe(true);
});

test('the window closes when the call ends, is switched, or the page goes', async () => {
  const kit = await poppedOut();
  await kit.receiveCall(activeView({ status: 'ended', endReason: 'completed', revision: 9 }));
  expect(opened[0]?.isClosed).toBe(true);
  cleanup();
  sessionStorage.clear();

  const other = await poppedOut();
  await other.receiveCall(second());
  await act(async () => screen.getByRole('button', { name: 'Accept' }).click());
  await act(async () => screen.getByRole('button', { name: 'Switch call' }).click());
  const people = [line(carol, null, 'joined'), line(alice, 'accepted', 'joined')];
  const view = { ...activeView({ revision: 8 }), id: 'call_2', conversation: second().conversation, people };
  await other.take('accept').answer(entered(view));
  expect(opened[1]?.isClosed).toBe(true);
  await open();
  expect(opened[2]?.isClosed).toBe(false);
  other.unmount();
  expect(opened[2]?.isClosed).toBe(true);
});

test('the button closes the window it opened; closed by the browser, it opens again', async () => {
  await poppedOut();
  await open();
  expect(opened[0]?.isClosed).toBe(true);
  await open();
  await act(async () => void opened[1]?.window.dispatchEvent(new Event('pagehide')));
  await open();
  expect(opened).toHaveLength(3);
  expect(opened[2]?.isClosed).toBe(false);
});

test('a browser that refuses the window leaves the call as it is, and the button works again', async () => {
  const kit = await talking(<Opener />);
  refuses = true;
  await open();
  expect(opened).toEqual([]);
  refuses = false;
  await open();
  expect(opened).toHaveLength(1);
  expect(kit.rooms[0]?.isClosed).toBe(false);
});

test('the browser may open the window when the tab goes to the back, in a call and only then', async () => {
  await ready(<Opener />);
  expect(offered).toBe(null);
  cleanup();
  await talking(<Opener />);
  await act(async () => offered?.());
  expect(opened).toHaveLength(1);
  // Back in front, what the browser opened by itself is in the way.
  await act(async () => void document.dispatchEvent(new Event('visibilitychange')));
  expect(opened[0]?.isClosed).toBe(true);
  await act(async () => screen.getByRole('button', { name: 'Disconnect' }).click());
  expect(offered).toBe(null);
});
