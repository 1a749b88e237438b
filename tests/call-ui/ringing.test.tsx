import { CallEntryLine, CallOverlay, JoinCallButton } from '@parley/call-kit';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { entered, refusal } from './support/kit';
import { page, phase, ready, second } from './support/page';
import { activeView, alice, bob, incomingView, line, person } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

/** Paints when the test says so. */
function holdPaint({ world }: Pick<Awaited<ReturnType<typeof ready>>, 'world'>) {
  const due: (() => void)[] = [];
  world.afterPaint = (work) => {
    due.push(work);
    return () => {};
  };
  const painted = () =>
    act(async () => {
      for (const work of due.splice(0)) work();
    });
  return { painted };
}

test('a ring opens a window, sounds, and confirms to the caller that it shows', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  const window = screen.getByRole('alertdialog', { name: 'Incoming call from Bob' });
  expect(within(window).getByRole('button', { name: 'Accept' })).toBeTruthy();
  expect(kit.sounds.at(-1)).toBe('ringtone');
  expect(kit.take('confirmRinging').args[0]).toBe('call_in');
  expect(kit.events).toEqual([
    { type: 'ringing', callId: 'call_in', conversationId: 'conv_1', ringerId: bob.id },
  ]);
});

test('the window of a ring is painted before anything else is done for it', async () => {
  const kit = await ready();
  const { painted } = holdPaint(kit);
  const loadsBefore = kit.world.mediaLoads;
  await kit.receiveCall(incomingView());
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Bob' })).toBeTruthy();
  expect([kit.has('confirmRinging'), kit.world.outside, kit.world.mediaLoads]).toEqual([
    false,
    null,
    loadsBefore,
  ]);
  await painted();
  expect([kit.has('confirmRinging'), kit.world.outside]).toEqual([true, 'Bob is calling']);
  expect(kit.world.mediaLoads).toBeGreaterThan(loadsBefore);
});

test('a ring that ends before it was painted shows nothing outside the page', async () => {
  const kit = await ready();
  const { painted } = holdPaint(kit);
  await kit.receiveCall(incomingView());
  fireEvent.click(screen.getByRole('button', { name: 'Decline' }));
  await painted();
  expect(kit.world.outside).toBeNull();
});

test('a call that begins is painted before its microphone is asked for', async () => {
  const kit = await ready();
  const { painted } = holdPaint(kit);
  let asked = 0;
  kit.world.ask = async () => {
    asked += 1;
    return kit.world.microphone;
  };
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  expect([phase(), kit.has('start'), asked]).toEqual(['outgoing', true, 0]);
  await painted();
  expect(asked).toBe(1);
});

test('accepting closes the window, stops the sound and connects', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
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
  await kit.receiveCall(incomingView());
  fireEvent.click(screen.getByRole('button', { name: 'Decline' }));
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(kit.sounds.at(-1)).toBeNull();
  const decline = kit.take('decline');
  expect(decline.args).toEqual(['call_in', { ringId: 'ring_1' }]);
  await decline.answer(null);
  expect(screen.queryByRole('alertdialog')).toBeNull();
});

test('a decline that is refused brings the window back with the reason', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  fireEvent.click(screen.getByRole('button', { name: 'Decline' }));
  await kit.take('decline').refuse(refusal('not_allowed', 'Action not allowed'));
  expect(screen.getByRole('alertdialog')).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('Action not allowed');
});

test('an answer on another device closes the window and offers to move the call here', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  const people = [line(bob, null, 'joined'), line(alice, 'accepted', 'joined')];
  const elsewhere = activeView({
    id: 'call_in',
    callerId: bob.id,
    people,
    holderClientId: 'phone',
    revision: 5,
  });
  await kit.receiveCall(elsewhere);
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
  await kit.receiveCall(incomingView());
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  await kit.take('accept').refuse(refusal('answered_elsewhere', 'Elsewhere'));
  const people = [line(bob, null, 'joined'), line(alice, 'accepted', 'joined')];
  await kit
    .take('get')
    .answer(activeView({ id: 'call_in', callerId: bob.id, people, holderClientId: 'phone', revision: 5 }));
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByRole('button', { name: 'Move call here' })).toBeTruthy();
});

test('several rings stack with the oldest on top, and the keys act on it', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  await kit.receiveCall(second());
  const names = screen.getAllByRole('alertdialog').map((window) => window.getAttribute('aria-label'));
  expect(names).toEqual(['Incoming call from Carol', 'Incoming call from Bob']);
  fireEvent.keyDown(document.body, { code: 'KeyD', ctrlKey: true, shiftKey: true });
  expect(kit.take('decline').args[0]).toBe('call_2');
  fireEvent.keyDown(document.body, { key: 'Escape', code: 'Escape' });
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Bob' })).toBeTruthy();
});

const show = (name: string) => fireEvent.click(screen.getByRole('button', { name: `Show ${name}` }));
const shortcut = (code: string) => fireEvent.keyDown(document.body, { code, ctrlKey: true, shiftKey: true });

test('the top one of several rings says who calls, too, and brings that window up, for the keys as well', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  await kit.receiveCall(second());
  const windowOf = (name: string) =>
    within(screen.getByRole('alertdialog', { name: `Incoming call from ${name}` }));
  expect(windowOf('Carol').getByText('Bob is calling, too')).toBeTruthy();
  expect(windowOf('Bob').queryByText(/calling, too/)).toBeNull();
  show('Bob');
  expect(windowOf('Bob').getByText('Carol is calling, too')).toBeTruthy();
  expect(windowOf('Carol').queryByText(/calling, too/)).toBeNull();
  shortcut('KeyD');
  expect(kit.take('decline').args[0]).toBe('call_in');
  expect(windowOf('Carol').queryByText(/calling, too/)).toBeNull();
});

test('with three rings the switch goes round by age, and the focus stays in the window on top', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  await kit.receiveCall(second());
  const dave = person('Dave');
  await kit.receiveCall(
    incomingView({
      id: 'call_3',
      callerId: dave.id,
      conversation: { id: 'conv_3', kind: 'direct', title: null },
      myRing: { id: 'ring_3', msLeft: 40_000, isQuiet: false, ringerId: dave.id },
      people: [line(dave, null, 'joined'), line(alice, 'ringing', null)],
    }),
  );
  screen.getByText('Carol and Bob are calling, too');
  act(() => screen.getByRole('button', { name: 'Show Carol' }).focus());
  show('Carol');
  screen.getByText('Bob and Dave are calling, too');
  expect(document.activeElement?.textContent).toBe('Show Bob');
  show('Bob');
  screen.getByText('Dave and Carol are calling, too');
  const carols = screen.getByRole('alertdialog', { name: 'Incoming call from Carol' });
  act(() => within(carols).getByRole('button', { name: 'Accept' }).focus());
  expect(within(carols).getByText(/calling, too/)).toBeTruthy();
});

test('while an incoming window is shown, its Accept is the only one: the button and the entry say who calls', async () => {
  const entry = {
    callId: 'call_in',
    conversationId: 'conv_1',
    conversationKind: 'direct' as const,
    callerId: bob.id,
    personIds: [alice.id],
    outcome: 'live' as const,
    lengthMs: null,
    line: null,
    startedAt: 0,
  };
  const find = (id: string) => [alice, bob].find((who) => who.id === id) ?? null;
  const kit = await ready(
    <>
      {page}
      <JoinCallButton conversationId="conv_1" />
      <CallEntryLine entry={entry} count={1} timeText="9:48" personOf={find} />
    </>,
  );
  await kit.receiveCall(incomingView());
  expect(screen.getAllByText('Bob is calling…')).toHaveLength(2);
  expect(screen.queryByRole('button', { name: 'Join call' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Bob is calling…' }));
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Accept' }));
  expect(kit.has('start')).toBe(false);
  await kit.receiveCall(
    incomingView({ myRing: { id: 'ring_1', msLeft: 9_000, isQuiet: true, ringerId: bob.id }, revision: 2 }),
  );
  expect(screen.getAllByRole('button', { name: 'Join call' })).toHaveLength(3);
});

const words = {
  ringId: 'ring_1',
  text: 'On the train',
  clientMessageId: expect.stringMatching(/^[\w-]{8,64}$/),
};

test('a reply silences at once and is sent with the ring that it answers', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  fireEvent.click(screen.getByRole('button', { name: 'Reply with a message' }));
  fireEvent.change(screen.getByRole('textbox', { name: 'Your reply' }), {
    target: { value: ' On the train ' },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Send reply' }));
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(kit.sounds.at(-1)).toBeNull();
  const sent = kit.take('reply');
  expect(sent.args).toEqual(['call_in', words]);
  await sent.answer({
    ...incomingView({ revision: 3 }),
    status: 'ended',
    endReason: 'declined',
    myRing: null,
  });
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a reply that is refused brings the window back with the reason', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  fireEvent.keyDown(screen.getByRole('button', { name: 'Decline' }), { key: 'ArrowDown' });
  fireEvent.click(screen.getByRole('button', { name: 'In ten minutes' }));
  const sent = kit.take('reply');
  expect(sent.args[1]).toMatchObject({ callBackInMinutes: 10 });
  await sent.refuse(refusal('not_allowed', 'Action not allowed'));
  expect(screen.getByRole('alertdialog')).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('Action not allowed');
});

test('the card of a call on another device makes way for a ring', async () => {
  const kit = await ready();
  await kit.receiveCall(activeView({ holderClientId: 'phone' }));
  expect(screen.getByRole('button', { name: 'Move call here' })).toBeTruthy();
  await kit.receiveCall(second());
  expect(screen.queryByRole('button', { name: 'Move call here' })).toBeNull();
  await kit.receiveCall({ ...second(), status: 'ended', endReason: 'cancelled', myRing: null, revision: 9 });
  expect(screen.getByRole('button', { name: 'Move call here' })).toBeTruthy();
});

test('once a call is declined, the keys act on the window beneath it, before the server has answered', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  await kit.receiveCall(second());
  const decline = { code: 'KeyD', ctrlKey: true, shiftKey: true };
  fireEvent.keyDown(document.body, decline);
  fireEvent.keyDown(document.body, decline);
  expect([kit.take('decline').args[0], kit.take('decline').args[0]]).toEqual(['call_2', 'call_in']);
  expect(screen.queryByRole('alertdialog')).toBeNull();
});

test('a quiet ring shows no window and makes no sound, but can be joined', async () => {
  const kit = await ready(
    <>
      <JoinCallButton conversationId="conv_1" />
      <CallOverlay />
    </>,
  );
  await kit.receiveCall(
    incomingView({ myRing: { id: 'ring_1', msLeft: 60_000, isQuiet: true, ringerId: bob.id } }),
  );
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(kit.sounds.at(-1) ?? null).toBeNull();
  expect(kit.take('confirmRinging').args[0]).toBe('call_in');
  fireEvent.click(screen.getByRole('button', { name: 'Join call' }));
  expect(kit.take('join').args[0]).toBe('call_in');
});
