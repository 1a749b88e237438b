import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { changePreferences, readPreferences } from '@/lib/call-ui/preferences';
import { entered } from './support/kit';
import { talking } from './support/page';
import { activeView } from './support/views';

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});

const button = (name: string) => screen.getByRole('button', { name });
const press = (name: string) => act(async () => void fireEvent.click(button(name)));
const isCameraOn = () => button('Camera').getAttribute('aria-pressed') === 'true';
const said = 'Background blur could not be switched on. Your camera is off.';

test('a choice of the blur reaches the running call, in the order of the choices', async () => {
  const kit = await talking();
  const chosen: boolean[] = [];
  const [room] = kit.rooms;
  if (!room) throw new Error('no room');
  room.setBackgroundBlur = async (isChosen) => void chosen.push(isChosen);
  await act(async () => changePreferences({ isBackgroundBlurred: true }));
  await act(async () => changePreferences({ ringVolume: 10 }));
  await act(async () => changePreferences({ isBackgroundBlurred: false }));
  expect(chosen).toEqual([true, false]);
});

test('a camera that can’t be blurred any more is off, also after a reconnect, and is sent unblurred on a press only', async () => {
  changePreferences({ isBackgroundBlurred: true });
  const kit = await talking();
  await press('Camera');
  expect(isCameraOn()).toBe(true);
  await act(async () => kit.rooms[0]?.change({ isCameraOn: false, blurProblem: 'unavailable' }));
  expect(screen.getByText(said)).toBeTruthy();

  await kit.rooms[0]?.lose();
  await act(async () => void window.dispatchEvent(new Event('online')));
  await kit.take('join').answer(entered(activeView({ revision: 7 })));
  await kit.rooms[1]?.up();
  expect(isCameraOn()).toBe(false);

  await act(async () => kit.rooms[1]?.change({ blurProblem: 'unavailable' }));
  const calls: string[] = [];
  const room = kit.rooms[1];
  if (!room) throw new Error('no room');
  room.setBackgroundBlur = async (isChosen) => {
    calls.push(`blur ${isChosen}`);
    room.change({ blurProblem: null });
  };
  room.setCamera = async (isOn) => {
    calls.push(`camera ${isOn}`);
    room.change({ isCameraOn: isOn });
  };
  await press('Turn on without blur');
  expect(calls).toEqual(['blur false', 'camera true']);
  expect(readPreferences().isBackgroundBlurred).toBe(false);
  expect(screen.queryByText(said)).toBeNull();
});

test('the notice can be put away; the camera stays off', async () => {
  const kit = await talking();
  await act(async () => kit.rooms[0]?.change({ blurProblem: 'too_slow' }));
  expect(screen.getByText('This device is too slow for background blur. Your camera is off.')).toBeTruthy();
  await press('Dismiss');
  expect(screen.queryByText(/too slow/)).toBeNull();
  expect(isCameraOn()).toBe(false);
});
