import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { entered, refusal } from './support/kit';
import { phase, ready, second, talking } from './support/page';
import { activeView, alice, carol, line } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

test('accepting during a call asks first; yes leaves the old call only when the server agrees', async () => {
  const kit = await talking();
  await kit.receiveCall(second());
  expect(kit.sounds.at(-1)).toBe('soft-tone');
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  expect(screen.getByRole('dialog', { name: 'Switch call?' })).toBeTruthy();
  expect(kit.has('accept')).toBe(false);
  fireEvent.click(screen.getByRole('button', { name: 'Switch call' }));
  await act(async () => {});
  const accept = kit.take('accept');
  expect(accept.args[1]).toEqual({ clientId: 'tab-of-alice', switchFrom: 'call_1' });
  expect(kit.rooms[0]?.isClosed).toBe(false);
  const people = [line(carol, null, 'joined'), line(alice, 'accepted', 'joined')];
  await accept.answer(
    entered({ ...activeView({ id: 'call_2', people, revision: 8 }), conversation: second().conversation }),
  );
  expect(kit.rooms[0]?.isClosed).toBe(true);
  await kit.rooms[1]?.up();
  expect(phase()).toBe('connected');
  expect(kit.opened).toContain('conv_2');
});

test('a refused switch leaves the person where they were', async () => {
  const kit = await talking();
  await kit.receiveCall(second());
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  fireEvent.click(screen.getByRole('button', { name: 'Switch call' }));
  await act(async () => {});
  await kit.take('accept').refuse(refusal('call_ended', 'This call has ended'));
  expect(kit.rooms[0]?.isClosed).toBe(false);
  expect(phase()).toBe('connected');
  await kit.rooms[0]?.lose();
  expect(phase()).toBe('reconnecting');
});

test('the end of the old call, seen before the switch is answered, does not undo the switch', async () => {
  const kit = await talking();
  await kit.receiveCall(second());
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  fireEvent.click(screen.getByRole('button', { name: 'Switch call' }));
  await act(async () => {});
  await kit.receiveCall(
    activeView({ status: 'ended', endReason: 'completed', elapsedMs: 1000, revision: 9 }),
  );
  expect(screen.queryByText('Call ended')).toBeNull();
  const people = [line(carol, null, 'joined'), line(alice, 'accepted', 'joined')];
  await kit
    .take('accept')
    .answer(
      entered({ ...activeView({ id: 'call_2', people, revision: 10 }), conversation: second().conversation }),
    );
  await kit.rooms[1]?.up();
  expect(phase()).toBe('connected');
});

test('Stay keeps the call and the ring', async () => {
  const kit = await talking();
  await kit.receiveCall(second());
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  fireEvent.click(screen.getByRole('button', { name: 'Stay' }));
  expect(screen.queryByRole('dialog', { name: 'Switch call?' })).toBeNull();
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Carol' })).toBeTruthy();
  expect(phase()).toBe('connected');
});

test('a server that knows of another call leads to the same question', async () => {
  const kit = await ready();
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  await kit.take('start').refuse(refusal('already_in_call', 'In another call', '', { callId: 'call_9' }));
  fireEvent.click(screen.getByRole('button', { name: 'Switch call' }));
  await act(async () => {});
  expect(kit.take('start').args[1]).toMatchObject({ switchFrom: 'call_9' });
});

test('keys switch the microphone and leave', async () => {
  const kit = await talking();
  const microphone = screen.getByRole('button', { name: 'Microphone' });
  expect(microphone.getAttribute('aria-pressed')).toBe('true');
  await act(
    async () => void fireEvent.keyDown(document.body, { code: 'KeyM', metaKey: true, shiftKey: true }),
  );
  expect(microphone.getAttribute('aria-pressed')).toBe('false');
  await act(
    async () => void fireEvent.keyDown(document.body, { code: 'KeyH', ctrlKey: true, shiftKey: true }),
  );
  expect(kit.take('leave').args[0]).toBe('call_1');
});

test('a second ring that was declined stays away when the call is left before the decline is answered', async () => {
  const kit = await talking();
  await kit.receiveCall(second());
  fireEvent.click(screen.getByRole('button', { name: 'Decline' }));
  const decline = kit.take('decline');
  fireEvent.click(screen.getByRole('button', { name: 'Disconnect' }));
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(kit.sounds.at(-1)).toBeNull();
  await decline.answer({ ...second(), status: 'ended', endReason: 'declined', myRing: null, revision: 9 });
  expect(screen.queryByRole('alertdialog')).toBeNull();
});

test('a ring that was accepted stays away when the call is left before the accept is answered', async () => {
  const kit = await ready();
  await kit.receiveCall(second());
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  await act(async () => {});
  const accept = kit.take('accept');
  fireEvent.click(screen.getByRole('button', { name: 'Disconnect' }));
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(kit.sounds.at(-1)).toBeNull();
  await accept.refuse(refusal('network', 'No connection'));
  expect(screen.queryByRole('alertdialog')).toBeNull();
  // Another ring of the same call is a new question.
  const again = { id: 'ring_3', msLeft: 50_000, isQuiet: false, ringerId: carol.id };
  await kit.receiveCall({ ...second(), myRing: again, revision: 9 });
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Carol' })).toBeTruthy();
});
