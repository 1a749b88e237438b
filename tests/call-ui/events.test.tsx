import type { CallView } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { entered } from './support/kit';
import { page, ready, talking } from './support/page';
import { activeView, alice, bob, callView, carol, incomingView, line, snapshot } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

type Kit = Awaited<ReturnType<typeof ready>>;
const orders = ['the answer first', 'the stream first'] as const;

/** The same view twice, as answer and on the stream, in either order. */
async function both(
  kit: Kit,
  order: (typeof orders)[number],
  view: CallView,
  answer: () => Promise<void>,
): Promise<void> {
  if (order === 'the answer first') {
    await answer();
    await kit.receiveCall(view);
  } else {
    await kit.receiveCall(view);
    await answer();
  }
}
const typesOf = (kit: Kit) => kit.events.map((event) => event.type);
const clickButton = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe.each(orders)('each event is emitted once, %s', (order) => {
  test('started and joined', async () => {
    const kit = await ready();
    clickButton('Call');
    const view = callView();
    await both(kit, order, view, () => kit.take('start').answer(entered(view)));
    await kit.rooms[0]?.up();
    expect(kit.events).toEqual([
      { type: 'started', callId: 'call_1', conversationId: 'conv_1' },
      { type: 'joined', callId: 'call_1' },
    ]);
  });

  test('answered', async () => {
    const kit = await ready();
    await kit.receiveCall(incomingView());
    clickButton('Accept');
    const people = [line(bob, null, 'joined'), line(alice, 'accepted', 'joined')];
    const view = activeView({ id: 'call_in', callerId: bob.id, people, revision: 5 });
    await both(kit, order, view, () => kit.take('accept').answer(entered(view)));
    expect(typesOf(kit)).toEqual(['ringing', 'answered']);
  });

  test('declined', async () => {
    const kit = await ready();
    await kit.receiveCall(incomingView());
    clickButton('Decline');
    const people = [line(bob, null, 'joined'), line(alice, 'declined', null)];
    const view = incomingView({ myRing: null, people, status: 'ended', endReason: 'declined', revision: 5 });
    await both(kit, order, view, () => kit.take('decline').answer(view));
    expect(kit.events.slice(1)).toEqual([
      { type: 'declined', callId: 'call_in' },
      { type: 'ended', callId: 'call_in', reason: 'declined', lengthMs: null },
    ]);
  });

  test('left and ended, for the participant who leaves', async () => {
    const kit = await talking();
    clickButton('Disconnect');
    await act(async () => {});
    const view = activeView({ status: 'ended', endReason: 'completed', elapsedMs: 61_000, revision: 9 });
    await both(kit, order, view, () => kit.take('leave').answer(view));
    expect(kit.events.slice(2)).toEqual([
      { type: 'left', callId: 'call_1' },
      { type: 'ended', callId: 'call_1', reason: 'completed', lengthMs: 61_000 },
    ]);
  });

  test('ended, when a refused ring brings the news', async () => {
    const kit = await ready();
    await kit.receiveCall(incomingView());
    clickButton('Accept');
    const people = [line(bob, null, 'left'), line(alice, 'cancelled', null)];
    const view = incomingView({ myRing: null, people, status: 'ended', endReason: 'cancelled', revision: 6 });
    const { CallError } = await import('@parley/call-kit');
    const words = { title: 'This call has ended', detail: '' };
    await both(kit, order, view, () =>
      kit.take('accept').refuse(new CallError('call_ended', words, { call: view })),
    );
    expect(typesOf(kit)).toEqual(['ringing', 'missed', 'ended']);
  });
});

test('a ring names who rings, also when that is not who started the call', async () => {
  const kit = await ready();
  const ring = { id: 'ring_9', msLeft: 60_000, isQuiet: false, ringerId: carol.id };
  const people = [line(bob, null, 'joined'), line(carol, 'accepted', 'joined'), line(alice, 'ringing', null)];
  await kit.receiveCall(incomingView({ myRing: ring, people }));
  expect(kit.events).toEqual([
    { type: 'ringing', callId: 'call_in', conversationId: 'conv_1', ringerId: carol.id },
  ]);
});

test('a ring that follows a missed one is emitted after it', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  const again = { id: 'ring_2', msLeft: 60_000, isQuiet: false, ringerId: bob.id };
  await kit.receiveCall(incomingView({ myRing: again, revision: 2 }));
  expect(typesOf(kit)).toEqual(['ringing', 'missed', 'ringing']);
});

describe('an end while the stream was disconnected is emitted once it reconnects', () => {
  test('of the call of this tab', async () => {
    const kit = await talking();
    await kit.say({ type: 'snapshot', data: snapshot() });
    const view = activeView({ status: 'ended', endReason: 'completed', elapsedMs: 5000, revision: 9 });
    await kit.take('get').answer(view);
    expect(kit.events.slice(2)).toEqual([
      { type: 'ended', callId: 'call_1', reason: 'completed', lengthMs: 5000 },
    ]);
  });

  test('of a call that rang', async () => {
    const kit = await ready();
    await kit.receiveCall(incomingView());
    await kit.say({ type: 'snapshot', data: snapshot() });
    expect(screen.queryByRole('alertdialog')).toBeNull();
    const people = [line(bob, null, 'left'), line(alice, 'missed', null)];
    await kit
      .take('get')
      .answer(incomingView({ myRing: null, people, status: 'ended', endReason: 'missed', revision: 9 }));
    expect(typesOf(kit)).toEqual(['ringing', 'missed', 'ended']);
  });
});

test('a call that this person may not see any more was left, and its ring was missed', async () => {
  const kit = await talking();
  await kit.receiveCall(
    incomingView({ id: 'call_in', conversation: { id: 'conv_3', kind: 'group', title: 'Trip' } }),
  );
  await kit.say({ type: 'call', data: { id: 'call_in', revision: 8, gone: true } });
  await kit.say({ type: 'call', data: { id: 'call_1', revision: 8, gone: true } });
  expect(typesOf(kit)).toEqual(['started', 'joined', 'ringing', 'missed', 'left']);
});

test('moved and reconnecting are emitted by the tab they happen to', async () => {
  const kit = await talking();
  await act(async () => kit.rooms[0]?.change({ connection: 'reconnecting' }));
  await kit.rooms[0]?.up();
  await kit.receiveCall(activeView({ holderClientId: 'phone', revision: 7 }));
  await kit.rooms[0]?.lose();
  expect(typesOf(kit)).toEqual(['started', 'joined', 'reconnecting', 'moved']);
});

test('an app that fails to take an event does not stop the call', async () => {
  const kit = await ready(page);
  kit.events.push = () => {
    throw new Error('the app is broken');
  };
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  await kit.receiveCall(incomingView());
  vi.unstubAllGlobals();
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Bob' })).toBeTruthy();
  expect(reported).toHaveBeenCalledOnce();
});
