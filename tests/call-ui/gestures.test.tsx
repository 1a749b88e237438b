import type { CallView, Reaction } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changePreferences } from '@/lib/call-ui/preferences';
import { entered, refusal } from './support/kit';
import { talking } from './support/page';
import { activeView, alice, bob, callView } from './support/views';

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.useRealTimers();
});

/** A call whose extras have loaded. */
async function inCall() {
  const kit = await talking();
  await vi.waitFor(() => expect(screen.getByRole('log', { name: 'Reactions' })).toBeTruthy());
  return kit;
}
const open = () => act(async () => void fireEvent.click(screen.getByRole('button', { name: /^React/ })));
const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })));
const reaction = (userId: string, callId = 'call_1', what: Reaction = 'party') =>
  ({ type: 'reaction', data: { callId, userId, reaction: what } }) as const;
const log = () => screen.getByRole('log', { name: 'Reactions' }).textContent;

/** The call with these hands raised, in this order. */
function withHands(revision: number, ...userIds: string[]): CallView {
  const view = activeView({ revision });
  const people = view.people.map((person) => {
    const place = userIds.indexOf(person.user.id) + 1;
    const { participation } = person;
    return { ...person, participation: participation && { ...participation, handPlace: place || null } };
  });
  return { ...view, people };
}

test('a reaction is sent once, shown large when it arrives, said to screen readers, and disappears after a moment', async () => {
  const kit = await inCall();
  await open();
  await press('Party');
  const { args, answer } = kit.take('react');
  expect(args).toEqual(['call_1', 'party']);
  await answer(undefined);
  expect(log()).toBe('');
  vi.useFakeTimers();
  await kit.say(reaction(alice.id), reaction(bob.id, 'call_1', 'heart'));
  expect(log()).toBe('Alice: PartyBob: Heart');
  expect(screen.getAllByText('🎉').length).toBeGreaterThan(0);
  await act(async () => void (await vi.advanceTimersByTimeAsync(4000)));
  expect(log()).toBe('');
});

test('reactions of another call, or while they are switched off, are not shown', async () => {
  const kit = await inCall();
  await kit.say(reaction(bob.id, 'call_2'));
  expect(log()).toBe('');
  await act(async () => changePreferences({ showsReactions: false }));
  await kit.say(reaction(bob.id));
  expect(log()).toBe('');
});

test('however many reactions come, the screen shows twelve', async () => {
  const kit = await inCall();
  await kit.say(...Array.from({ length: 40 }, () => reaction(bob.id)));
  expect(within(screen.getByRole('log', { name: 'Reactions' })).getAllByText('Bob: Party')).toHaveLength(12);
});

test('hands are listed in their order, and the own one is lowered by the same button', async () => {
  const kit = await inCall();
  await open();
  await press('Raise hand');
  const raise = kit.take('raiseHand');
  expect(raise.args).toEqual(['call_1', true]);
  await raise.answer(withHands(10, bob.id, alice.id));
  const list = screen.getByRole('list', { name: 'Raised hands' });
  expect(
    within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['Bob', 'Alice']);
  expect(screen.getByText('Raised hands: Bob and Alice')).toBeTruthy();
  await open();
  await press('Lower hand');
  expect(kit.take('raiseHand').args).toEqual(['call_1', false]);
  await kit.receiveCall(withHands(11));
  expect(screen.queryByRole('list', { name: 'Raised hands' })).toBe(null);
});

test('too many reactions are refused in the server’s words', async () => {
  const kit = await inCall();
  await open();
  await press('Heart');
  await kit.take('react').refuse(refusal('rate_limited', 'Too many tries', 'Wait a moment, then try again.'));
  expect(screen.getByText('Wait a moment, then try again.')).toBeTruthy();
});

/** The panel asks and listens every three seconds; on a slow machine a test would wait for that. */
async function checking() {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await press('Devices');
  await press('They can’t hear me, or I can’t hear them');
  expect(screen.queryByRole('dialog', { name: 'Devices' })).toBe(null);
}

test('the panel names what is wrong and its button helps; another participant’s question is answered by itself', async () => {
  const kit = await inCall();
  const room = kit.rooms[0];
  if (!room) throw new Error('the call has a room');
  room.measured = { sentPerSecond: 4000, roundTripMs: 30, lossPercents: new Map([[bob.id, 12]]) };
  await kit.say({ type: 'reception', data: { callId: 'call_1', userId: bob.id, asks: true } });
  expect(kit.take('reportReception').args).toEqual(['call_1', bob.id, { lossPercent: 12, roundTripMs: 30 }]);

  await checking();
  const panel = within(screen.getByRole('dialog', { name: 'Sound check' }));
  expect(kit.take('askReception').args).toEqual(['call_1']);
  await act(async () => void (await room.setMicrophone(false)));
  expect(panel.getByRole('status').textContent).toBe('You are muted.');
  await act(async () => panel.getByRole('button', { name: 'Unmute' }).click());
  expect(room.state().isMicrophoneOn).toBe(true);
  await kit.say({
    type: 'reception',
    data: { callId: 'call_1', userId: bob.id, lossPercent: null, roundTripMs: null },
  });
  expect(panel.getByRole('status').textContent).toBe(
    'Your voice leaves this device, but does not reach Bob.',
  );
  expect(panel.getByText('Nothing arrives')).toBeTruthy();

  await act(async () => panel.getByRole('radio', { name: 'I can’t hear them' }).click());
  expect(panel.getByRole('status').textContent).toContain('12 % of what Bob says is lost');
  await act(async () => panel.getByRole('button', { name: 'Close' }).click());
  expect(screen.queryByRole('dialog', { name: 'Sound check' })).toBe(null);
});

test('a sound check that was open when its call ended does not open with the next call', async () => {
  const kit = await inCall();
  await checking();
  await kit.say({
    type: 'call',
    data: activeView({ revision: 20, status: 'ended', endReason: 'completed' }),
  });
  expect(screen.queryByRole('region', { name: 'Call' })).toBe(null);
  const [header] = screen.getAllByRole('button', { name: 'Call' });
  await act(async () => header?.click());
  await kit.take('start').answer(entered(callView({ id: 'call_2', revision: 30 })));
  await kit.rooms[1]?.up();
  await kit.receiveCall(activeView({ id: 'call_2', revision: 31 }));
  expect(kit.rooms).toHaveLength(2);
  await vi.waitFor(() => expect(screen.getByRole('log', { name: 'Reactions' })).toBeTruthy());
  expect(screen.queryByRole('dialog', { name: 'Sound check' })).toBe(null);
});

test('Reconnect leaves the media and joins it anew, in the same call', async () => {
  const kit = await inCall();
  await checking();
  await kit.say({
    type: 'reception',
    data: { callId: 'call_1', userId: bob.id, lossPercent: null, roundTripMs: null },
  });
  await act(async () => screen.getByRole('button', { name: 'Reconnect' }).click());
  expect(kit.rooms[0]?.isClosed).toBe(true);
  await vi.waitFor(() => expect(kit.has('join')).toBe(true));
});
