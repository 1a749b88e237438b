import { type CallDockProps, CallOverlay, CallScreen } from '@parley/call-kit';
import type { CallView } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { useLayoutEffect } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { entered, type FakeRoom, refusal, renderKit } from './support/kit';
import { phase, region, second } from './support/page';
import { activeView, alice, bob, incomingView, line, snapshot } from './support/views';

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  sessionStorage.clear();
});

const drawn: string[] = [];
const removed: { isLeaveSent: boolean }[] = [];
let isLeaveSent = () => false;
function Dock({ call, toolbar }: CallDockProps) {
  drawn.push(call.phase);
  useLayoutEffect(() => () => void removed.push({ isLeaveSent: isLeaveSent() }), []);
  return (
    <section aria-label="Call" data-call-phase={call.phase}>
      {toolbar}
    </section>
  );
}

const people = [line(bob, null, 'joined'), line(alice, 'accepted', 'joined')];
const answer = (change: Partial<CallView> = {}) =>
  entered(activeView({ id: 'call_in', callerId: bob.id, people, revision: 5, ...change }));

/** Bob calls, and the first sound of the connection is the test's to make. */
async function ringing(openId = 'conv_9') {
  drawn.length = 0;
  removed.length = 0;
  const kit = renderKit(
    <>
      <CallScreen conversationId={openId} />
      <CallOverlay />
    </>,
    { components: { CallDock: Dock } },
  );
  isLeaveSent = () => kit.has('leave');
  let sound = () => {};
  kit.world.prepareRoom = (room: FakeRoom & { untilHeard?: () => Promise<void> }) => {
    const heard = new Promise<void>((resolve) => {
      sound = resolve;
    });
    room.untilHeard = () => heard;
  };
  await kit.say({ type: 'snapshot', data: snapshot() });
  await kit.receiveCall(incomingView());
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  return { ...kit, hear: () => act(async () => sound()) };
}

const isShort = () => screen.queryByRole('button', { name: 'Disconnect' }) !== null;

test('Accept is answered within the press: the window says that it connects, with the way out', async () => {
  const kit = await ringing();
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect([phase(), region().textContent?.includes('Connecting…'), isShort()]).toEqual([
    'connecting',
    true,
    true,
  ]);
  expect(kit.has('accept')).toBe(true);
});

test('nothing of the call is drawn and no page is opened before its first sound, and then once', async () => {
  const kit = await ringing();
  const card = region();
  await kit.take('accept').answer(answer());
  await kit.rooms[0]?.up();
  await kit.receiveCall(answer({ revision: 6 }).call);
  expect([drawn, kit.opened, region()]).toEqual([[], [], card]);
  await kit.hear();
  expect([drawn, kit.opened]).toEqual([['connected'], ['conv_1']]);
});

test('above its own conversation the call has its height from the press on', async () => {
  const kit = await ringing('conv_1');
  expect(region().style.height).toMatch(/^\d+px$/);
  await kit.take('accept').answer(answer());
  await kit.rooms[0]?.up();
  await kit.hear();
  expect([drawn, kit.opened]).toEqual([['connected'], []]);
});

test('a call that nothing is heard of is shown before a second has passed', async () => {
  const kit = await ringing();
  await kit.take('accept').answer(answer());
  expect(drawn).toEqual([]);
  await act(async () => void (await vi.advanceTimersByTimeAsync(800)));
  expect([drawn, kit.opened]).toEqual([['connecting'], ['conv_1']]);
  // The sound that comes late opens nothing again.
  await kit.hear();
  expect(kit.opened).toEqual(['conv_1']);
});

test('an answer that comes after the limit does not hide the call again', async () => {
  const kit = await ringing();
  await act(async () => void (await vi.advanceTimersByTimeAsync(800)));
  drawn.length = 0;
  await kit.take('accept').answer(answer());
  await kit.rooms[0]?.up();
  expect(drawn.at(-1)).toBe('connected');
});

test('Disconnect before the first sound leaves at once and opens nothing', async () => {
  const kit = await ringing();
  await kit.take('accept').answer(answer());
  fireEvent.click(screen.getByRole('button', { name: 'Disconnect' }));
  expect(screen.queryByRole('region', { name: 'Call' })).toBeNull();
  expect(kit.rooms[0]?.isClosed).toBe(true);
  await act(async () => {});
  expect(kit.take('leave').args[0]).toBe('call_in');
  await act(async () => void (await vi.advanceTimersByTimeAsync(800)));
  expect(kit.opened).toEqual([]);
});

test('a leave is on its way to the server before the call is removed from the page', async () => {
  const kit = await ringing();
  await kit.take('accept').answer(answer());
  await kit.rooms[0]?.up();
  await kit.hear();
  // As in a browser: React draws in a microtask of the press instead of when the test asks it to.
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
  screen.getByRole('button', { name: 'Disconnect' }).click();
  await vi.waitFor(() => expect(removed).toEqual([{ isLeaveSent: true }]));
  expect(kit.rooms[0]?.isClosed).toBe(true);
});

test('a refusal, the end of the call and another ring are shown at once', async () => {
  const refused = await ringing();
  await refused.take('accept').refuse(refusal('not_allowed', 'Action not allowed'));
  expect(screen.getByRole('alert').textContent).toContain('Action not allowed');
  expect(screen.queryByRole('region', { name: 'Call' })).toBeNull();
  cleanup();

  const over = await ringing();
  await over.take('accept').answer(answer());
  await over.receiveCall(
    activeView({ id: 'call_in', people, status: 'ended', endReason: 'completed', elapsedMs: 1, revision: 9 }),
  );
  expect(screen.getByText('Call ended')).toBeTruthy();
  cleanup();

  const rung = await ringing();
  await rung.receiveCall(second());
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Carol' })).toBeTruthy();
});
