import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { CallButton, CallMiniBar, CallOverlay, CallScreen, JoinCallButton } from '@/lib/call-ui';
import type { CallView } from '@/lib/protocol';
import { entered, refusal, renderKit } from './support/kit';
import { activeView, alice, bob, callView, carol, incomingView, line, snapshot } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

const page = (
  <>
    <CallButton target={{ conversationId: 'conv_1' }} />
    <CallScreen conversationId="conv_1" />
    <CallMiniBar conversationId={null} />
    <CallOverlay />
  </>
);

async function ready(children = page) {
  const kit = renderKit(children);
  await kit.say({ type: 'snapshot', data: snapshot() });
  return kit;
}

/** Alice and Bob talk in this tab. */
async function talking() {
  const kit = await ready();
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  await kit.take('start').answer(entered(callView()));
  await kit.rooms[0]?.up();
  await kit.tell(activeView());
  return kit;
}

const region = () => screen.getByRole('region', { name: 'Call' });
const phase = () => region().dataset.callPhase;

test('the caller sees their call within the click, before the server has answered', async () => {
  await ready();
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  expect(phase()).toBe('outgoing');
  expect(region().dataset.callKind).toBe('direct');
  expect(within(region()).getByRole('listitem', { name: 'Bob' })).toBeTruthy();
});

test('a call goes from outgoing to connected when the other one accepts', async () => {
  const kit = await ready();
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  const start = kit.take('start');
  expect(start.args[0]).toEqual({ conversationId: 'conv_1' });
  expect(start.args[1]).toMatchObject({ clientId: 'tab-of-alice', requestId: expect.any(String) });
  await start.answer(entered(callView()));
  await kit.rooms[0]?.up();
  expect(phase()).toBe('outgoing');
  expect(kit.sounds.at(-1)).toBe('ringback');
  await kit.tell(activeView());
  expect(phase()).toBe('connected');
  expect(kit.sounds.at(-1)).toBeNull();
  expect(screen.getByRole('timer')).toBeTruthy();
  expect(kit.rooms[0]?.published).toHaveLength(1);
  expect(kit.events.map((event) => event.type)).toEqual(['started', 'joined']);
});

test('disconnecting before the server has answered takes the start back', async () => {
  const kit = await ready();
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  const start = kit.take('start');
  fireEvent.click(screen.getByRole('button', { name: 'Disconnect' }));
  expect(screen.queryByRole('region', { name: 'Call' })).toBeNull();
  await act(async () => {});
  const taken = kit.take('leaveByRequest');
  expect(start.args[1]).toMatchObject({ requestId: taken.args[0] });
  await start.answer(entered(callView()));
  expect(kit.take('leave').args[0]).toBe('call_1');
  expect(kit.rooms).toHaveLength(0);
  expect(kit.track.isStopped).toBe(true);
});

test('a refused start shows the server’s words and leaves nothing behind', async () => {
  const kit = await ready();
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  await kit.take('start').refuse(refusal('not_allowed', 'Action not allowed', 'You can’t call Erin.'));
  const alert = screen.getByRole('alert');
  expect(alert.textContent).toContain('Action not allowed');
  expect(alert.textContent).toContain('You can’t call Erin.');
  expect(screen.queryByRole('region', { name: 'Call' })).toBeNull();
  expect(kit.track.isStopped).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByRole('alert')).toBeNull();
});

test('disconnecting releases the connection at once and tells the server', async () => {
  const kit = await talking();
  fireEvent.click(screen.getByRole('button', { name: 'Disconnect' }));
  expect(kit.rooms[0]?.isClosed).toBe(true);
  expect(screen.queryByRole('region', { name: 'Call' })).toBeNull();
  await act(async () => {});
  expect(kit.take('leave').args).toEqual(['call_1', { clientId: 'tab-of-alice' }]);
  expect(screen.queryByText('Call ended')).toBeNull();
});

test('an end by the other side shows how it ended, and offers another call', async () => {
  const kit = await talking();
  await kit.tell(
    activeView({ status: 'ended', endReason: 'completed', elapsedMs: 12 * 60_000, revision: 9 }),
  );
  expect(kit.rooms[0]?.isClosed).toBe(true);
  expect(screen.getByText('Call ended')).toBeTruthy();
  expect(screen.getByText(/12 min with Bob/)).toBeTruthy();
  expect(kit.events.at(-1)).toEqual({
    type: 'ended',
    callId: 'call_1',
    reason: 'completed',
    lengthMs: 720_000,
  });
  fireEvent.click(screen.getByRole('button', { name: 'Call again' }));
  expect(kit.take('start').args[0]).toEqual({ conversationId: 'conv_1' });
});

test('a declined call says who declined', async () => {
  const kit = await ready();
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  await kit.take('start').answer(entered(callView()));
  const people = [line(alice, null, 'left'), line(bob, 'declined', null)];
  await kit.tell(callView({ status: 'ended', endReason: 'declined', people, revision: 3 }));
  expect(screen.getByText('Bob declined')).toBeTruthy();
});

test('a ring opens a window, rings, and tells the caller that it shows', async () => {
  const kit = await ready();
  await kit.tell(incomingView());
  const window = screen.getByRole('alertdialog', { name: 'Incoming call from Bob' });
  expect(within(window).getByRole('button', { name: 'Accept' })).toBeTruthy();
  expect(kit.sounds.at(-1)).toBe('ringtone');
  expect(kit.take('confirmRinging').args[0]).toBe('call_in');
  expect(kit.events).toEqual([
    { type: 'ringing', callId: 'call_in', conversationId: 'conv_1', callerId: bob.id },
  ]);
});

test('accepting closes the window, stops the sound and connects', async () => {
  const kit = await ready();
  await kit.tell(incomingView());
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(kit.sounds.at(-1)).toBeNull();
  expect(phase()).toBe('connecting');
  const accept = kit.take('accept');
  expect(accept.args).toEqual(['call_in', { clientId: 'tab-of-alice' }]);
  const people = [line(bob, null, 'joined'), line(alice, 'accepted', 'joined')];
  await accept.answer(entered(activeView({ id: 'call_in', callerId: bob.id, people, revision: 5 })));
  await kit.rooms[0]?.up();
  expect(phase()).toBe('connected');
});

test('declining silences at once and the window does not come back', async () => {
  const kit = await ready();
  await kit.tell(incomingView());
  fireEvent.click(screen.getByRole('button', { name: 'Decline' }));
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(kit.sounds.at(-1)).toBeNull();
  const decline = kit.take('decline');
  expect(decline.args).toEqual(['call_in', { ringId: 'ring_1' }]);
  await decline.answer(null);
  expect(screen.queryByRole('alertdialog')).toBeNull();
});

test('a decline that does not get through brings the window back with the reason', async () => {
  const kit = await ready();
  await kit.tell(incomingView());
  fireEvent.click(screen.getByRole('button', { name: 'Decline' }));
  await kit.take('decline').refuse(refusal('network', 'No connection'));
  expect(screen.getByRole('alertdialog')).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('No connection');
});

test('an answer on another device closes the window and offers to move the call here', async () => {
  const kit = await ready();
  await kit.tell(incomingView());
  const people = [line(bob, null, 'joined'), line(alice, 'accepted', 'joined')];
  const elsewhere = activeView({
    id: 'call_in',
    callerId: bob.id,
    people,
    holderClientId: 'phone',
    revision: 5,
  });
  await kit.tell(elsewhere);
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(kit.events.map((event) => event.type)).toEqual(['ringing', 'answered']);
  fireEvent.click(screen.getByRole('button', { name: 'Move call here' }));
  const move = kit.take('move');
  expect(move.args).toEqual(['call_in', { clientId: 'tab-of-alice' }]);
  await move.answer(entered({ ...elsewhere, holderClientId: 'tab-of-alice', revision: 6 }));
  await kit.rooms[0]?.up();
  expect(phase()).toBe('connected');
});

test('losing the race to another device shows no error', async () => {
  const kit = await ready();
  await kit.tell(incomingView());
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  await kit.take('accept').refuse(refusal('answered_elsewhere', 'Elsewhere'));
  const people = [line(bob, null, 'joined'), line(alice, 'accepted', 'joined')];
  await kit
    .take('get')
    .answer(activeView({ id: 'call_in', callerId: bob.id, people, holderClientId: 'phone', revision: 5 }));
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByRole('button', { name: 'Move call here' })).toBeTruthy();
});

test('when another device takes the call over, this one lets go quietly', async () => {
  const kit = await talking();
  await kit.tell(activeView({ holderClientId: 'phone', revision: 7 }));
  expect(kit.rooms[0]?.isClosed).toBe(true);
  expect(kit.has('leave')).toBe(false);
  expect(kit.events.at(-1)).toEqual({ type: 'moved', callId: 'call_1' });
  expect(screen.getByRole('button', { name: 'Move call here' })).toBeTruthy();
});

const second = (): CallView =>
  incomingView({
    id: 'call_2',
    callerId: carol.id,
    conversation: { id: 'conv_2', kind: 'direct', title: null },
    myRing: { id: 'ring_2', msLeft: 50_000, isQuiet: false, ringerId: carol.id },
    people: [line(carol, null, 'joined'), line(alice, 'ringing', null)],
  });

test('accepting during a call asks first; yes leaves the old call only when the server agrees', async () => {
  const kit = await talking();
  await kit.tell(second());
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
  await kit.tell(second());
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
  await kit.tell(second());
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  fireEvent.click(screen.getByRole('button', { name: 'Switch call' }));
  await act(async () => {});
  await kit.tell(activeView({ status: 'ended', endReason: 'completed', elapsedMs: 1000, revision: 9 }));
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
  await kit.tell(second());
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

test('several rings stack with the oldest on top, and the keys act on it', async () => {
  const kit = await ready();
  await kit.tell(incomingView());
  await kit.tell(second());
  const names = screen.getAllByRole('alertdialog').map((window) => window.getAttribute('aria-label'));
  expect(names).toEqual(['Incoming call from Carol', 'Incoming call from Bob']);
  fireEvent.keyDown(document.body, { code: 'KeyD', ctrlKey: true, shiftKey: true });
  expect(kit.take('decline').args[0]).toBe('call_2');
  fireEvent.keyDown(document.body, { key: 'Escape', code: 'Escape' });
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Bob' })).toBeTruthy();
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

test('a quiet ring shows no window and makes no sound, but can be joined', async () => {
  const kit = await ready(
    <>
      <JoinCallButton conversationId="conv_1" />
      <CallOverlay />
    </>,
  );
  await kit.tell(incomingView({ myRing: { id: 'ring_1', msLeft: 60_000, isQuiet: true, ringerId: bob.id } }));
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(kit.sounds.at(-1) ?? null).toBeNull();
  expect(kit.take('confirmRinging').args[0]).toBe('call_in');
  fireEvent.click(screen.getByRole('button', { name: 'Join call' }));
  expect(kit.take('join').args[0]).toBe('call_in');
});

test('a refused microphone joins to listen, with a way to fix it', async () => {
  const kit = await ready();
  kit.world.microphone = { problem: 'refused' };
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  await kit.take('start').answer(entered(callView()));
  await kit.rooms[0]?.up();
  await kit.tell(activeView());
  expect(phase()).toBe('connected');
  expect(screen.getByText('Your microphone is blocked. Bob can’t hear you.')).toBeTruthy();
  kit.world.microphone = { track: kit.track as unknown as MediaStreamTrack };
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Allow microphone' })));
  expect(kit.rooms[0]?.published).toHaveLength(1);
  expect(screen.queryByText(/microphone is blocked/)).toBeNull();
});

test('a lost connection is taken up again with a fresh token while the server counts me in', async () => {
  const kit = await talking();
  await kit.rooms[0]?.lose();
  expect(phase()).toBe('reconnecting');
  await act(async () => void window.dispatchEvent(new Event('online')));
  await kit.take('join').answer(entered(activeView({ revision: 7 })));
  expect(phase()).toBe('reconnecting');
  await kit.rooms[1]?.up();
  expect(phase()).toBe('connected');
});

test('a lost connection is given up when the server says that I am out', async () => {
  const kit = await talking();
  await kit.rooms[0]?.lose();
  await kit.tell(activeView({ status: 'ended', endReason: 'failed', revision: 8 }));
  expect(screen.getByText('Call failed')).toBeTruthy();
  await act(async () => void window.dispatchEvent(new Event('online')));
  expect(kit.has('join')).toBe(false);
});

test('a reloaded tab goes back into the call it holds', async () => {
  const kit = renderKit(page);
  await kit.say({ type: 'snapshot', data: snapshot([activeView()]) });
  expect(phase()).toBe('connecting');
  await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
  const join = kit.take('join');
  expect(join.args).toEqual(['call_1', { clientId: 'tab-of-alice' }]);
  await join.answer(entered(activeView({ revision: 3 })));
  await kit.rooms[0]?.up();
  expect(phase()).toBe('connected');
  expect(kit.opened).toEqual([]);
});

test('my call that a snapshot lacks is asked for, and its end is shown', async () => {
  const kit = await talking();
  await kit.say({ type: 'snapshot', data: snapshot([]) });
  expect(phase()).toBe('connected');
  await kit
    .take('get')
    .answer(activeView({ status: 'ended', endReason: 'completed', elapsedMs: 5000, revision: 9 }));
  expect(screen.getByText('Call ended')).toBeTruthy();
});

test('signing out leaves no call behind in this tab', async () => {
  const kit = await talking();
  await kit.say({ type: 'signed-out', data: {} });
  expect(kit.rooms[0]?.isClosed).toBe(true);
  expect(screen.queryByRole('region', { name: 'Call' })).toBeNull();
});

test('there is exactly one region named Call, on every page', async () => {
  const kit = await talking();
  expect(screen.getAllByRole('region', { name: 'Call' })).toHaveLength(1);
  fireEvent.click(screen.getByRole('button', { name: 'Full window' }));
  expect(screen.getAllByRole('region', { name: 'Call' })).toHaveLength(1);
  expect(kit.rooms[0]?.isClosed).toBe(false);
});

test('away from its conversation the call is a bar that leads back', async () => {
  const kit = await ready(
    <>
      <CallButton target={{ userId: bob.id }} look="profile" />
      <CallMiniBar conversationId={null} />
      <CallOverlay />
    </>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  expect(kit.opened).toEqual(['conv_1']);
  expect(screen.getAllByRole('region', { name: 'Call' })).toHaveLength(1);
  fireEvent.click(screen.getByRole('button', { name: /Back to the call/ }));
  expect(kit.opened).toEqual(['conv_1', 'conv_1']);
});

test('calling someone new shows the call before there is a conversation, then opens it', async () => {
  const kit = await ready(
    <>
      <CallButton target={{ userId: carol.id }} look="profile" />
      <CallMiniBar conversationId={null} />
      <CallOverlay />
    </>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  expect(phase()).toBe('outgoing');
  expect(within(region()).getByRole('listitem', { name: 'Carol' })).toBeTruthy();
  expect(kit.opened).toEqual([]);
  await kit
    .take('start')
    .answer(entered({ ...callView(), conversation: { id: 'conv_9', kind: 'direct', title: null } }));
  expect(kit.opened).toEqual(['conv_9']);
});
