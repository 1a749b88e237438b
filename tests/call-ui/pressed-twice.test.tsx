import { CallButton } from '@parley/call-kit';
import type { CallView } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { entered } from './support/kit';
import { page, phase, ready, talking } from './support/page';
import { activeView, alice, callView, carol, line, snapshot } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

/** The button in the profile of Carol, with whom there is no conversation. */
const profileOfCarol = (
  <div data-testid="profile">
    <CallButton target={{ userId: carol.id }} look="profile" />
  </div>
);
const button = () => {
  const found = screen.getByTestId('profile').querySelector('button');
  if (!found) throw new Error('the profile has a button');
  return found;
};
const press = () => act(async () => void fireEvent.click(button()));

/** Alice's call to Carol in the conversation that the server made for it. */
const toCarol = (change: Partial<CallView> = {}) =>
  callView({
    id: 'call_c',
    conversation: { id: 'conv_c', kind: 'direct', title: null },
    people: [line(alice, null, 'joined'), line(carol, 'ringing', null)],
    ...change,
  });

test('a second press on Call in a profile without a conversation starts nothing and takes nothing back', async () => {
  const kit = await ready(
    <>
      {page}
      {profileOfCarol}
    </>,
  );
  await press();
  await press();
  const start = kit.take('start');
  expect(kit.has('leaveByRequest')).toBe(false);
  expect(kit.has('start')).toBe(false);

  await start.answer(entered(toCarol()));
  await kit.rooms[0]?.up();
  // The event with the new conversation is still on its way.
  await press();
  expect(screen.queryByRole('dialog', { name: 'Switch call?' })).toBeNull();
  expect(kit.has('start')).toBe(false);
  expect(kit.has('leave')).toBe(false);
  expect(phase()).toBe('outgoing');
});

test('a second press is recognised before the page knows any person by name', async () => {
  const kit = await ready(
    <>
      {page}
      {profileOfCarol}
    </>,
  );
  await kit.say({ type: 'snapshot', data: snapshot([], { users: [] }) });
  await press();
  await press();
  kit.take('start');
  expect(kit.has('leaveByRequest')).toBe(false);
  expect(kit.has('start')).toBe(false);
});

test('Call in the profile of the person I talk to on another device brings that call here', async () => {
  const kit = await ready(
    <>
      {page}
      {profileOfCarol}
    </>,
  );
  await kit.receiveCall(activeView({ ...toCarol(), status: 'active', holderClientId: 'phone' }));
  await press();
  expect(screen.queryByRole('dialog', { name: 'Switch call?' })).toBeNull();
  expect(kit.take('move').args[0]).toBe('call_c');
});

test('Call in the profile of the person who calls me joins their call', async () => {
  const kit = await ready(
    <>
      {page}
      {profileOfCarol}
    </>,
  );
  const people = [line(carol, null, 'joined'), line(alice, 'missed', null)];
  await kit.receiveCall(toCarol({ callerId: carol.id, holderClientId: null, people }));
  expect(button().textContent).toBe('Join call');
  await press();
  expect(kit.take('join').args[0]).toBe('call_c');
});

test('a call that is pressed while a switch to it is under way is not asked about again', async () => {
  const kit = await talking(profileOfCarol);
  await press();
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Switch call' })));
  const start = kit.take('start');
  await press();
  await kit.receiveCall(
    toCarol({
      callerId: carol.id,
      holderClientId: null,
      myRing: { id: 'ring_c', msLeft: 9000, isQuiet: false, ringerId: carol.id },
      people: [line(carol, null, 'joined'), line(alice, 'ringing', null)],
    }),
  );
  fireEvent.keyDown(document.body, { code: 'KeyS', ctrlKey: true, shiftKey: true });
  await act(async () => {});
  expect(kit.has('start')).toBe(false);
  expect(kit.has('accept')).toBe(false);
  await start.answer(entered(toCarol({ revision: 9 })));
  expect(screen.queryByRole('dialog', { name: 'Switch call?' })).toBeNull();
  expect(kit.rooms[0]?.isClosed).toBe(true);
  await kit.rooms[1]?.up();
  expect(phase()).toBe('outgoing');
});
