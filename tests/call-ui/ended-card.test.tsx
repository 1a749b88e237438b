import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endedWords } from '@/lib/call-ui/controller/describe-call';
import { firstWords } from '@/lib/call-ui/words/first-words';
import { talking } from './support/page';
import { activeView, alice, bob, callView, carol, incomingView, line } from './support/views';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.useRealTimers();
});

const after = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const card = () => screen.queryByText('Call ended')?.closest<HTMLElement>('[role="status"]') ?? null;

async function ended() {
  const kit = await talking();
  await kit.receiveCall(
    activeView({ status: 'ended', endReason: 'completed', elapsedMs: 60_000, revision: 9 }),
  );
  const shown = card();
  if (!shown) throw new Error('the card of an ended call shows');
  return { kit, shown };
}

test('how a call ended goes away by itself after eight seconds', async () => {
  await ended();
  await after(7900);
  expect(card()).toBeTruthy();
  await after(200);
  expect(card()).toBeNull();
});

test('it stays while the pointer is on it, and eight seconds more', async () => {
  const { shown } = await ended();
  await after(7000);
  fireEvent.pointerEnter(shown);
  await after(60_000);
  expect(card()).toBeTruthy();
  fireEvent.pointerLeave(shown);
  await after(7900);
  expect(card()).toBeTruthy();
  await after(200);
  expect(card()).toBeNull();
});

test('it stays while the keyboard is in it, whatever the pointer does', async () => {
  await ended();
  await after(7000);
  act(() => screen.getByRole('button', { name: 'Call again' }).focus());
  const shown = card();
  if (!shown) throw new Error('the card shows');
  fireEvent.pointerEnter(shown);
  fireEvent.pointerLeave(shown);
  act(() => screen.getByRole('button', { name: 'Message' }).focus());
  await after(60_000);
  expect(card()).toBeTruthy();
  act(() => screen.getByRole('button', { name: 'Message' }).blur());
  await after(8100);
  expect(card()).toBeNull();
});

test('a card that a ring hid under the pointer goes away by itself afterwards', async () => {
  const { kit, shown } = await ended();
  fireEvent.pointerEnter(shown);
  await kit.receiveCall(incomingView({ id: 'call_in', revision: 10 }));
  expect(card()).toBeNull();
  await kit.receiveCall(
    incomingView({ id: 'call_in', status: 'ended', endReason: 'cancelled', myRing: null, revision: 11 }),
  );
  await after(8100);
  expect(card()).toBeNull();
});

const group = { id: 'conv_1', kind: 'group', title: 'Weekend trip' } as const;
const direct = { id: 'conv_1', kind: 'direct', title: null } as const;

test.each([
  [direct, 'declined', [line(bob, 'declined', null)], 'Bob declined', ''],
  [direct, 'missed', [line(bob, 'missed', null)], 'No answer', 'Bob'],
  [direct, 'missed', [line(bob, 'unreachable', null)], 'Not reachable', 'Bob'],
  [direct, 'cancelled', [line(bob, 'cancelled', null)], 'Call cancelled', 'Bob'],
  [
    group,
    'declined',
    [line(bob, 'declined', null), line(carol, 'declined', null)],
    'Call declined',
    'Weekend trip',
  ],
] as const)(
  'a %o call that ended %s is summed up without saying anything twice',
  (conversation, endReason, others, title, detail) => {
    const people = [line(alice, null, 'left'), ...others];
    const view = callView({ conversation, status: 'ended', endReason, people, revision: 9 });
    expect(endedWords(view, firstWords())).toEqual({ title, detail });
  },
);
