import { Dialog } from '@base-ui/react/dialog';
import { CallOverlay } from '@parley/call-kit';
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { ShortcutsSection } from '@/app/(community)/settings/shortcuts-section';
import { shortcutOf } from '@/lib/call-ui/shortcuts';
import { renderInEnglish } from '../support/in-english';
import { ready, talking } from './support/page';
import { incomingView } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  localStorage.clear();
});

const key = (code: string, change: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { code, ...change });
const withCtrlShift = { ctrlKey: true, shiftKey: true };

const insideDialog = (
  <>
    <p>The page</p>
    <Dialog.Root open>
      <Dialog.Portal>
        <Dialog.Backdrop />
        <Dialog.Popup>
          <Dialog.Title>Rename group</Dialog.Title>
          <input aria-label="Title" />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
    <CallOverlay />
  </>
);

test('a ring during an open dialog stays in reach: found by assistive technology, clickable, one key away', async () => {
  const kit = await ready(insideDialog);
  expect(screen.queryByText('The page')?.closest('[aria-hidden="true"]')).toBeTruthy();
  // The dialog focuses its first field a moment after it has opened.
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Title' })));
  await kit.receiveCall(incomingView());
  const ring = screen.getByRole('alertdialog', { name: 'Incoming call from Bob' });
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Title' }));

  key('F6');
  const accept = screen.getByRole('button', { name: 'Accept' });
  await act(async () => {});
  expect(document.activeElement).toBe(accept);
  expect(accept.getAttribute('aria-keyshortcuts')).toBe('Control+Shift+S F6');
  key('F6');
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Title' }));

  key('F6');
  fireEvent.click(screen.getByRole('button', { name: 'Decline' }));
  expect(kit.take('decline').args[0]).toBe('call_in');
  expect(ring.isConnected).toBe(false);
  expect(document.activeElement, 'the focus goes back when the window closes').toBe(
    screen.getByRole('textbox', { name: 'Title' }),
  );
});

test('a focus that went on by itself stays where it is when the window closes', async () => {
  // No dialog here: one would bring the focus back by itself, a moment after it is lost.
  const kit = await ready(
    <>
      <input aria-label="Title" />
      <button type="button">Elsewhere</button>
      <CallOverlay />
    </>,
  );
  const elsewhere = screen.getByRole('button', { name: 'Elsewhere' });
  act(() => screen.getByRole('textbox', { name: 'Title' }).focus());
  await kit.receiveCall(incomingView());
  key('F6');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Accept' }));
  act(() => elsewhere.focus());
  await kit.receiveCall(incomingView({ myRing: null, status: 'ended', endReason: 'cancelled', revision: 5 }));
  expect(document.activeElement).toBe(elsewhere);
  act(() => elsewhere.blur());
  await kit.receiveCall(incomingView({ id: 'call_3' }));
  await kit.receiveCall(
    incomingView({ id: 'call_3', myRing: null, status: 'ended', endReason: 'cancelled', revision: 5 }),
  );
  expect(document.activeElement, 'an old place is forgotten').toBe(document.body);
});

test('F6 is left to the browser while nothing rings', async () => {
  await ready();
  expect(key('F6')).toBe(true);
});

test('an F key stands alone, a letter goes with Ctrl or ⌘ and Shift', () => {
  const press = (code: string, change: Partial<KeyboardEvent> = {}) =>
    shortcutOf({ code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...change });
  expect(press('F6')).toBe('incoming');
  expect(press('F6', { ctrlKey: true, shiftKey: true })).toBeNull();
  expect(press('KeyS')).toBeNull();
  expect(press('KeyS', { metaKey: true, shiftKey: true })).toBe('accept');
  expect(press('KeyS', { ctrlKey: true, shiftKey: true, altKey: true })).toBeNull();
});

test('a key that is changed in Settings does its work, the old one none, and a taken one is refused', async () => {
  const kit = await talking();
  renderInEnglish(<ShortcutsSection />);
  const line = () => screen.getByRole('button', { name: /Microphone on or off/ });
  fireEvent.click(line());
  key('KeyS', withCtrlShift);
  expect(screen.getByRole('alert').textContent).toContain('already used for “Accept a call”');
  key('F5');
  expect(screen.getByRole('alert').textContent).toBe('Choose a letter, a digit or an F key.');
  key('KeyK', withCtrlShift);
  expect(line().getAttribute('aria-label')).toContain('now Ctrl Shift K');

  const muted = () => kit.rooms[0]?.state().isMicrophoneOn === false;
  key('KeyM', withCtrlShift);
  await act(async () => {});
  expect(muted()).toBe(false);
  key('KeyK', withCtrlShift);
  await act(async () => {});
  expect(muted()).toBe(true);
  expect(screen.getByRole('button', { name: 'Microphone' }).getAttribute('aria-keyshortcuts')).toBe(
    'Control+Shift+K',
  );
});

test('while a key is awaited no shortcut acts, and then they do again', async () => {
  const kit = await talking();
  renderInEnglish(<ShortcutsSection />);
  const line = screen.getByRole('button', { name: /Microphone on or off/ });
  fireEvent.click(line);
  key('KeyH', withCtrlShift);
  expect(screen.getByRole('alert').textContent).toContain('already used for “Leave the call”');
  await act(async () => {});
  expect(kit.events.map(({ type }) => type)).not.toContain('left');
  key('Escape', { key: 'Escape' });
  key('KeyH', withCtrlShift);
  await act(async () => {});
  expect(kit.events.map(({ type }) => type)).toContain('left');
});

test('what is typed elsewhere, after a key was awaited, is no shortcut', () => {
  renderInEnglish(
    <>
      <ShortcutsSection />
      <input aria-label="Current password" />
    </>,
  );
  const line = screen.getByRole('button', { name: /Microphone on or off/ });
  const field = screen.getByLabelText('Current password');
  fireEvent.click(line);
  act(() => field.focus());
  expect(key('KeyK'), 'the letter reaches the field').toBe(true);
  fireEvent.click(line);
  fireEvent.pointerDown(document.body);
  key('KeyK');
  expect(line.getAttribute('aria-label')).toContain('now Ctrl Shift M');
});

test('every shortcut of the list does something', async () => {
  const kit = await ready();
  renderInEnglish(<ShortcutsSection />);
  await kit.receiveCall(incomingView());
  const shown = [...document.querySelectorAll('[aria-label^="Change the keys"]')].map((line) =>
    line.getAttribute('aria-label')?.replace(/.*now /, ''),
  );
  expect(shown).toEqual(['Ctrl Shift S', 'Ctrl Shift D', 'F6', 'Ctrl Shift M', 'Ctrl Shift H']);
  expect(key('F6'), 'F6').toBe(false);
  expect(key('KeyS', withCtrlShift), 'accept').toBe(false);
  expect(key('KeyM', withCtrlShift), 'microphone').toBe(false);
  expect(key('KeyH', withCtrlShift), 'leave').toBe(false);
  await kit.receiveCall(
    incomingView({ id: 'call_3', myRing: { id: 'r3', msLeft: 9000, isQuiet: false, ringerId: 'user_bob' } }),
  );
  expect(key('KeyD', withCtrlShift), 'decline').toBe(false);
});
