import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clockNow } from '@/lib/call-ui/clock';
import { entered } from './support/kit';
import { ready } from './support/page';
import { callView, incomingView, snapshot } from './support/views';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] });
  // The kit's clock outlives a test: it takes up the new time before the test begins.
  clockNow();
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.useRealTimers();
});

const isRinging = () => screen.queryByRole('alertdialog') !== null;
/** The computer sleeps for a while and wakes up: only the wall clock went on. */
const sleepAndWake = (ms: number) =>
  act(async () => {
    vi.setSystemTime(Date.now() + ms);
    await vi.advanceTimersByTimeAsync(1000);
  });

test('a laptop that wakes up does not ring for a call of before its sleep', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  expect([isRinging(), kit.sounds.at(-1)]).toEqual([true, 'ringtone']);
  await sleepAndWake(3_600_000);
  expect([isRinging(), kit.sounds.at(-1)]).toEqual([false, null]);
  await kit.say({ type: 'snapshot', data: snapshot([]) });
  expect([isRinging(), kit.sounds.at(-1)]).toEqual([false, null]);
});

test('after a sleep shorter than the ring it is silent until the server says that it still rings', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  await sleepAndWake(10_000);
  expect([isRinging(), kit.sounds.at(-1)]).toEqual([false, null]);
  const { myRing } = incomingView();
  const still = incomingView({ myRing: myRing && { ...myRing, msLeft: 49_000 } });
  await kit.say({ type: 'snapshot', data: snapshot([still]) });
  expect([isRinging(), kit.sounds.at(-1)]).toEqual([true, 'ringtone']);
  expect(kit.events.filter(({ type }) => type === 'ringing')).toHaveLength(1);
});

test.each([
  ['ahead', 86_400_000],
  ['behind', -86_400_000],
])(
  'a clock that is set a day %s mid-ring takes nothing from the ring once the server has said how long it rings',
  async (_, ms) => {
    const kit = await ready();
    await kit.receiveCall(incomingView());
    await sleepAndWake(ms);
    const { myRing } = incomingView();
    const still = incomingView({ myRing: myRing && { ...myRing, msLeft: 5000 } });
    await kit.say({ type: 'snapshot', data: snapshot([still]) });
    expect(isRinging()).toBe(true);
    await act(() => vi.advanceTimersByTimeAsync(4500));
    expect(isRinging()).toBe(true);
    await act(() => vi.advanceTimersByTimeAsync(1000));
    expect(isRinging()).toBe(false);
  },
);

test('a caller who wakes up hears no ringback until the server says that it still rings', async () => {
  const kit = await ready();
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  await kit.take('start').answer(entered(callView()));
  await kit.rooms[0]?.up();
  expect(kit.sounds.at(-1)).toBe('ringback');
  await sleepAndWake(10_000);
  expect(kit.sounds.at(-1)).toBeNull();
  await kit.say({ type: 'snapshot', data: snapshot([callView()]) });
  expect(kit.sounds.at(-1)).toBe('ringback');
});
