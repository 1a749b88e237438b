import { useCall } from '@parley/call-kit';
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { readPreferences, saveVolume } from '@/lib/call-ui/preferences';
import { entered } from './support/kit';
import { ready, talking } from './support/page';
import { activeView, bob, snapshot } from './support/views';

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});

/** How loud each of the others is, without the menu around it. */
function Volumes() {
  return useCall()
    .people.filter(({ isSelf }) => !isSelf)
    .map(({ person, volume, setVolume }) => (
      <button key={person.id} type="button" onClick={() => setVolume(20)}>
        {person.displayName} at {volume}
      </button>
    ));
}
const online = () => act(async () => void window.dispatchEvent(new Event('online')));

test('a person’s volume stays through a lost connection, a reload and the next call', async () => {
  const kit = await talking(<Volumes />);
  await act(async () => screen.getByText('Bob at 100').click());
  expect(kit.rooms[0]?.volumes.get(bob.id)).toBe(20);

  await kit.rooms[0]?.lose();
  await online();
  await kit.take('join').answer(entered(activeView({ revision: 3 })));
  expect(kit.rooms[1]?.volumes.get(bob.id)).toBe(20);
  cleanup();

  const reloaded = await ready(<Volumes />);
  await reloaded.say({ type: 'snapshot', data: snapshot([activeView({ revision: 4 })]) });
  await vi.waitFor(() => expect(reloaded.has('join')).toBe(true));
  await reloaded.take('join').answer(entered(activeView({ revision: 5 })));
  expect(reloaded.rooms[0]?.volumes.get(bob.id)).toBe(20);
  expect(screen.getByText('Bob at 20')).toBeTruthy();
});

test('a volume that is changed in another tab counts here, too', async () => {
  const kit = await talking();
  const elsewhere = JSON.stringify({ ...readPreferences(), volumes: { [bob.id]: 0 } });
  localStorage.setItem('parley-call-preferences', elsewhere);
  await act(async () => void dispatchEvent(new StorageEvent('storage', { key: 'parley-call-preferences' })));
  expect(kit.rooms[0]?.volumes.get(bob.id)).toBe(0);
  await act(async () => saveVolume(bob.id, 100));
  expect(kit.rooms[0]?.volumes.get(bob.id)).toBe(100);
});

test('what is kept of volumes does not grow for ever: full volume is forgotten, and the oldest of many', () => {
  for (let index = 0; index < 250; index += 1) saveVolume(`user_${index}`, 50);
  saveVolume('user_249', 100);
  const { volumes } = readPreferences();
  expect(Object.keys(volumes)).toHaveLength(199);
  expect(volumes).toHaveProperty('user_248');
  expect(volumes).not.toHaveProperty('user_49');
});

test('the sound of a shared screen has a volume of its own, which stays for the next call', async () => {
  const kit = await talking();
  await act(async () => saveVolume(bob.id, 180, 'screenVolumes'));
  expect(kit.rooms[0]?.volumes.get(`${bob.id} screen`)).toBe(180);
  expect(kit.rooms[0]?.volumes.has(bob.id)).toBe(false);
  cleanup();
  sessionStorage.clear();
  const next = await talking();
  expect(next.rooms[0]?.volumes.get(`${bob.id} screen`)).toBe(180);
});
