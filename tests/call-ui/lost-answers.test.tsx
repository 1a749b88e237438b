import { CallButton } from '@parley/call-kit';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { entered, refusal } from './support/kit';
import { page, phase, ready, second, talking } from './support/page';
import { activeView, alice, bob, callView, carol, incomingView, line, snapshot } from './support/views';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.useRealTimers();
});

const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })));
const after = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const lost = () => refusal('network', 'No connection', 'Check your connection.');
const answered = activeView({
  id: 'call_in',
  callerId: bob.id,
  people: [line(bob, null, 'joined'), line(alice, 'accepted', 'joined')],
  revision: 5,
});

test('an accept whose answer is lost is sent again, says so meanwhile, and goes on as the first', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  await press('Accept');
  await kit.take('accept').refuse(lost());
  expect(phase()).toBe('connecting');
  expect(screen.getByText('No connection. Trying again…')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(kit.has('accept')).toBe(false);
  await after(300);
  // The first one did arrive: the stream says that this tab is in.
  await kit.receiveCall(answered);
  await kit.take('accept').refuse(refusal('internal', 'Something went wrong'));
  await after(1000);
  const again = kit.take('accept');
  expect(again.args).toEqual(['call_in', { clientId: 'tab-of-alice' }]);
  await again.answer(entered(answered));
  await kit.rooms[0]?.up();
  expect(phase()).toBe('connected');
  expect(screen.queryByText('No connection. Trying again…')).toBeNull();
});

test('an accept is sent again at once when the network comes back', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  await press('Accept');
  await kit.take('accept').refuse(lost());
  await act(async () => void window.dispatchEvent(new Event('online')));
  expect(kit.has('accept')).toBe(true);
});

test('without any answer an accept is given up, and the call rings again with the reason', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  await press('Accept');
  for (const pauseMs of [300, 1000, 2500, 4000]) {
    await kit.take('accept').refuse(lost());
    await after(pauseMs);
  }
  await kit.take('accept').refuse(lost());
  expect(screen.getByRole('alert').textContent).toContain('No connection');
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Bob' })).toBeTruthy();
  expect(kit.sounds.at(-1)).toBe('ringtone');
  await after(10_000);
  expect(kit.has('accept')).toBe(false);
});

test('an accept that was given up, but did arrive, goes on as soon as the stream says so', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  await press('Accept');
  for (const pauseMs of [300, 1000, 2500, 4000]) {
    await kit.take('accept').refuse(lost());
    await after(pauseMs);
  }
  await kit.take('accept').refuse(lost());
  await kit.say({ type: 'snapshot', data: snapshot([answered]) });
  await after(0);
  expect(screen.queryByRole('alert')).toBeNull();
  await kit.take('join').answer(entered(answered));
  await kit.rooms[0]?.up();
  expect(phase()).toBe('connected');
  // What was left on purpose stays left.
  await press('Disconnect');
  await kit.say({ type: 'snapshot', data: snapshot([answered]) });
  await after(10_000);
  expect(kit.has('join')).toBe(false);
});

test('leaving while the answer is lost ends it: nothing is sent again but the leave', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  await press('Accept');
  await kit.take('accept').refuse(lost());
  await press('Disconnect');
  expect(kit.take('leave').args).toEqual(['call_in', { clientId: 'tab-of-alice' }]);
  await after(10_000);
  expect(kit.has('accept')).toBe(false);
  expect(kit.track.isStopped).toBe(true);
});

test('a start is sent again as the same start; a refusal is final', async () => {
  const kit = await ready();
  await press('Call');
  const first = kit.take('start');
  await first.refuse(lost());
  await after(300);
  const again = kit.take('start');
  expect(again.args).toEqual(first.args);
  await again.refuse(refusal('not_allowed', 'Action not allowed'));
  await after(10_000);
  expect(kit.has('start')).toBe(false);
  expect(screen.getByRole('alert').textContent).toContain('Action not allowed');
});

test('Join call and Move call here are sent again, too', async () => {
  const kit = await ready();
  const elsewhere = activeView({ holderClientId: 'phone' });
  await kit.receiveCall(elsewhere);
  await press('Move call here');
  await kit.take('move').refuse(lost());
  await after(300);
  await kit.take('move').answer(entered({ ...elsewhere, holderClientId: 'tab-of-alice', revision: 6 }));
  await press('Disconnect');
  await kit.receiveCall(
    activeView({ people: [line(alice, null, 'left'), line(bob, null, 'joined')], revision: 8 }),
  );
  await press('Join call');
  await kit.take('join').refuse(lost());
  await after(300);
  expect(kit.take('join').args[0]).toBe('call_1');
});

test('during a switch Stay waits for the answer; once that is lost, it takes the switch back', async () => {
  const kit = await talking();
  await kit.receiveCall(second());
  await press('Accept');
  await press('Switch call');
  await press('Stay');
  fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
  expect(screen.getByRole('dialog', { name: 'Switch call?' })).toBeTruthy();
  await kit.take('accept').refuse(lost());
  await press('Stay');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(kit.take('leave').args[0]).toBe('call_2');
  await after(10_000);
  expect(kit.has('accept')).toBe(false);
  expect(kit.rooms[0]?.isClosed).toBe(false);
  expect(phase()).toBe('connected');
});

test('leaving while a switch to a new call is under way cancels that start before it rings a callee', async () => {
  const kit = await ready(
    <>
      {page}
      <CallButton target={{ userId: carol.id }} look="profile" />
    </>,
  );
  fireEvent.click(screen.getAllByRole('button', { name: 'Call' })[0] ?? document.body);
  await kit.take('start').answer(entered(callView()));
  await kit.receiveCall(activeView());
  await press('Call');
  await press('Switch call');
  const start = kit.take('start');
  expect(start.args).toMatchObject([{ userId: carol.id }, { switchFrom: 'call_1' }]);
  fireEvent.keyDown(document.body, { code: 'KeyH', ctrlKey: true, shiftKey: true });
  await act(async () => {});
  expect(start.args[1]).toMatchObject({ requestId: kit.take('leaveByRequest').args[0] });
  expect(kit.take('leave').args[0]).toBe('call_1');
  expect(screen.queryByRole('region', { name: 'Call' })).toBeNull();
});

test('a call that was hung up while there was no connection does not come back: its leave is said again first', async () => {
  const kit = await ready();
  await press('Call');
  const start = kit.take('start');
  await press('Disconnect');
  await kit.take('leaveByRequest').refuse(lost());
  await start.refuse(lost());
  // The start had arrived after all.
  await kit.say({ type: 'snapshot', data: snapshot([callView()]) });
  await after(0);
  const { requestId } = start.args[1] as { requestId: string };
  const again = kit.take('leaveByRequest');
  expect(again.args[0]).toBe(requestId);
  await again.refuse(lost());
  expect(kit.has('join')).toBe(false);
  await kit.say({ type: 'snapshot', data: snapshot([callView()]) });
  await after(0);
  await kit.take('leaveByRequest').answer(callView({ status: 'ended', endReason: 'cancelled', revision: 9 }));
  await after(10_000);
  expect(kit.has('join')).toBe(false);
  expect(kit.has('leaveByRequest')).toBe(false);
});

test('a switch that was taken back stays so, though the server never heard it', async () => {
  const kit = await talking();
  await kit.receiveCall(second());
  await press('Accept');
  await press('Switch call');
  await kit.take('accept').refuse(lost());
  await press('Stay');
  await kit.take('leave').refuse(lost());
  await press('Disconnect');
  await kit.take('leave').refuse(lost());
  const theirs = { ...second(), people: [line(carol, null, 'joined'), line(alice, 'accepted', 'joined')] };
  await kit.say({
    type: 'snapshot',
    data: snapshot([
      { ...theirs, status: 'active', myRing: null, holderClientId: 'tab-of-alice', revision: 9 },
    ]),
  });
  await after(10_000);
  expect(kit.has('join')).toBe(false);
});

test('that a window shows is said again until the caller’s side knows', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  await kit.take('confirmRinging').refuse(lost());
  await after(500);
  await kit.take('confirmRinging').refuse(refusal('rate_limited', 'Slow down'));
  await after(1000);
  await kit.take('confirmRinging').answer(undefined);
  await after(10_000);
  expect(kit.has('confirmRinging')).toBe(false);
});

test('a decline is not sent again once the ring has ended', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  await kit.take('confirmRinging').refuse(lost());
  await kit.receiveCall(incomingView({ status: 'ended', endReason: 'cancelled', myRing: null, revision: 2 }));
  await after(10_000);
  expect(kit.has('confirmRinging')).toBe(false);
});

test('a decline whose answer is lost stays declined here and is said again while it rings', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  await press('Decline');
  for (const pauseMs of [500, 1000, 2000, 4000, 4000]) {
    await kit.take('decline').refuse(lost());
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
    await after(pauseMs);
  }
  expect(kit.sounds.at(-1)).toBeNull();
  const last = kit.take('decline');
  expect(last.args).toEqual(['call_in', { ringId: 'ring_1' }]);
  await last.refuse(lost());
  await kit.receiveCall(incomingView({ status: 'ended', endReason: 'missed', myRing: null, revision: 2 }));
  await after(60_000);
  expect(kit.has('decline')).toBe(false);
});

test('a reply whose response is lost is sent again with the same id, also once the ring has ended', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  fireEvent.keyDown(screen.getByRole('button', { name: 'Decline' }), { key: 'ArrowDown' });
  await press('Text me');
  const first = kit.take('reply');
  await first.refuse(lost());
  const ended = incomingView({ status: 'ended', endReason: 'declined', myRing: null, revision: 2 });
  await kit.receiveCall(ended);
  await after(500);
  const second = kit.take('reply');
  expect(second.args).toEqual(first.args);
  await second.answer(ended);
  expect(screen.queryByRole('alert')).toBeNull();
});
