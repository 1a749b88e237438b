import { expect, test } from 'vitest';
import { callPhase, type PhaseInput } from '@/lib/call-ui/call-phase';
import { activeView, alice, bob, callView, incomingView, line } from './support/views';

const ended = callView({ status: 'ended', endReason: 'missed', holderClientId: null });
const left = activeView({
  people: [line(alice, null, 'left'), line(bob, 'accepted', 'joined')],
  holderClientId: null,
});
const leftAndRings = {
  ...incomingView(),
  people: [line(bob, null, 'joined'), line(alice, 'ringing', 'left')],
};
const quiet = incomingView({ myRing: { id: 'ring_1', msLeft: 1, isQuiet: true, ringerId: bob.id } });

const table: [string, Partial<PhaseInput>, ReturnType<typeof callPhase>][] = [
  ['a start that was not answered yet is outgoing', { view: null, isEntering: true }, 'outgoing'],
  ['no call and no start is nothing', { view: null }, null],
  ['an ended call is ended, whatever the connection says', { view: ended, connection: 'connected' }, 'ended'],
  ['an ended call is ended even while entering it', { view: ended, isEntering: true }, 'ended'],
  ['a call I left is ended for me', { view: left, connection: 'connected' }, 'ended'],
  ['a call I left and enter again is connecting', { view: left, isEntering: true }, 'connecting'],
  ['a ring after I left is a new chance', { view: leftAndRings }, 'incoming'],
  ['my running ring is incoming', { view: incomingView() }, 'incoming'],
  ['a quiet ring has no phase', { view: quiet }, null],
  ['a ring whose deadline has passed has no phase', { view: incomingView(), isRingRunning: false }, null],
  ['accepting is connecting', { view: incomingView(), isEntering: true }, 'connecting'],
  [
    'my ringing call is outgoing, though its media is up',
    { view: callView(), connection: 'connected' },
    'outgoing',
  ],
  ['a call that another device holds has no phase here', { view: activeView() }, null],
  ['joined, media coming up', { view: activeView(), connection: 'connecting' }, 'connecting'],
  ['joined, media up', { view: activeView(), connection: 'connected' }, 'connected'],
  ['joined, media coming back', { view: activeView(), connection: 'reconnecting' }, 'reconnecting'],
  ['joined, media lost for now', { view: activeView(), connection: 'disconnected' }, 'reconnecting'],
];

test.each(table)('%s', (_promise, input, phase) => {
  expect(callPhase({ view: null, connection: null, isEntering: false, ...input })).toBe(phase);
});
