import type { CallView } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { entered, type FakeRoom, fakeTrack, refusal, renderKit } from './support/kit';
import { page, phase } from './support/page';
import { activeView, alice, bob, callView, incomingView, line, snapshot } from './support/views';

let isInFront = true;

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  isInFront = true;
  vi.spyOn(document, 'hasFocus').mockImplementation(() => isInFront);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

const pass = { url: 'ws://media', token: 'listener' };

/** What a room is asked to do besides what every room does. */
type EarlyRoom = FakeRoom & { asked: string[]; permit: () => Promise<void>; listening: Promise<void> };

async function world(children = page) {
  const kit = renderKit(children, {}, [], { preconnects: true });
  const settings = { isUp: true };
  kit.world.prepareRoom = (made) => {
    const room = made as EarlyRoom;
    let settle = (_isIn: boolean) => {};
    const permitted = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    const asked: string[] = [];
    Object.assign(room, {
      asked,
      holdBack: () => asked.push('hold back'),
      release: () => asked.push('release'),
      listen: async ({ token }: typeof pass) => {
        asked.push(`listen as ${token}`);
        if (!settings.isUp) await new Promise<never>(() => {});
      },
      takePart: () => {
        asked.push('take part');
        return permitted;
      },
      permit: () =>
        act(async () => {
          room.change({ connection: 'connected' });
          settle(true);
        }),
    });
    const { close } = room;
    room.close = () => {
      close();
      settle(false);
    };
  };
  await kit.say({ type: 'snapshot', data: snapshot() });
  const room = (index = 0) => kit.rooms[index] as EarlyRoom;
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
  return { ...kit, settings, room, press };
}

/** Bob calls Alice, and her tab is in the room. */
async function listening(change: Partial<CallView> = {}) {
  const kit = await world();
  await kit.receiveCall(incomingView(change));
  await kit.take('preconnect').answer(pass);
  return kit;
}

const people = [line(bob, null, 'joined'), line(alice, 'accepted', 'joined')];
const answer = entered(activeView({ id: 'call_in', callerId: bob.id, people, revision: 5 }));
const ended = {
  id: 'call_in',
  callerId: bob.id,
  status: 'ended',
  endReason: 'cancelled',
  revision: 6,
} as const;

test('the tab in front confirms a ring by asking for a pass, and only listens', async () => {
  const kit = await world();
  await kit.receiveCall(incomingView());
  expect(kit.has('confirmRinging')).toBe(false);
  const asked = kit.take('preconnect');
  expect(asked.args).toEqual(['call_in', { clientId: 'tab-of-alice' }]);
  await asked.answer(pass);
  expect(kit.room().asked).toEqual(['listen as listener']);
  expect(kit.room().published).toEqual([]);
});

test('where the server gives no pass the ring is confirmed all the same', async () => {
  const kit = await world();
  await kit.receiveCall(incomingView());
  await kit.take('preconnect').answer(null);
  expect(kit.rooms).toEqual([]);
});

test.each([
  ['of a group', { conversation: { id: 'conv_1', kind: 'group', title: 'All' } } as const, () => {}],
  ['into a running call', { status: 'active' } as const, () => {}],
  ['on a metered connection', {}, () => vi.stubGlobal('navigator', { connection: { saveData: true } })],
])('a ring %s is confirmed without a pass', async (_, change, prepare) => {
  const kit = await world();
  prepare();
  await kit.receiveCall(incomingView(change));
  expect(kit.has('preconnect')).toBe(false);
  expect(kit.take('confirmRinging').args).toEqual(['call_in']);
});

test('a second ring, and one during a call, connect nowhere', async () => {
  const kit = await listening();
  await kit.receiveCall(
    incomingView({ id: 'call_2', myRing: { id: 'ring_2', msLeft: 9000, isQuiet: false, ringerId: bob.id } }),
  );
  expect(kit.has('preconnect')).toBe(false);
  expect(kit.take('confirmRinging').args).toEqual(['call_2']);
});

test('Accept goes on in that room: within the press, without another connection, and the microphone with it', async () => {
  const kit = await listening();
  kit.press('Accept');
  expect(kit.room().asked).toEqual(['listen as listener', 'take part']);
  await act(async () => {});
  expect(kit.room().published).toHaveLength(1);
  await kit.room().permit();
  expect(kit.events.some(({ type }) => type === 'joined')).toBe(false);
  await kit.take('accept').answer(answer);
  expect([kit.rooms.length, kit.room().isClosed, phase()]).toEqual([1, false, 'connected']);
  expect(
    kit.events.filter(({ type }) => ['answered', 'joined'].includes(type)).map(({ type }) => type),
  ).toEqual(['answered', 'joined']);
});

test('Join calls muted: the microphone is muted before it is there', async () => {
  localStorage.setItem('parley-call-preferences', JSON.stringify({ isJoiningMuted: true }));
  const kit = await listening();
  kit.press('Accept');
  await act(async () => {});
  await kit.room().permit();
  await kit.take('accept').answer(answer);
  expect(kit.room().state()).toMatchObject({ hasMicrophone: true, isMicrophoneOn: false });
  localStorage.clear();
});

test('a room that is not up at Accept is closed, and the call connects anew', async () => {
  const kit = await world();
  kit.settings.isUp = false;
  await kit.receiveCall(incomingView());
  await kit.take('preconnect').answer(pass);
  kit.press('Accept');
  expect(kit.room().isClosed).toBe(true);
  await kit.take('accept').answer(answer);
  await kit.room(1).up();
  expect(phase()).toBe('connected');
});

test('a tab that is not let in within a second connects anew, with a microphone of its own', async () => {
  const kit = await listening();
  const first = kit.track;
  kit.press('Accept');
  await kit.take('accept').answer(answer);
  const other = fakeTrack();
  kit.world.microphone = { track: other as unknown as MediaStreamTrack };
  await act(() => vi.advanceTimersByTimeAsync(1100));
  expect(kit.room().isClosed).toBe(true);
  await kit.room(1).up();
  expect(kit.room(1).published).toEqual([other]);
  expect(first).not.toBe(other);
});

test('a connection that breaks at Accept is made anew', async () => {
  const kit = await listening();
  kit.press('Accept');
  kit.room().close();
  await kit.take('accept').answer(answer);
  await kit.room(1).up();
  expect(phase()).toBe('connected');
});

test('an accept that is refused leaves the room, and lets the microphone go', async () => {
  const kit = await listening();
  kit.press('Accept');
  await kit.take('accept').refuse(refusal('answered_elsewhere', 'Answered elsewhere'));
  expect(kit.room().isClosed).toBe(true);
  expect(kit.track.isStopped).toBe(true);
});

test('Disconnect before the server has answered leaves the room at once', async () => {
  const kit = await listening();
  kit.press('Accept');
  kit.press('Disconnect');
  expect(kit.room().isClosed).toBe(true);
});

test.each([
  ['a decline', (kit: Awaited<ReturnType<typeof listening>>) => kit.press('Decline')],
  ['the end of the call', (kit) => kit.receiveCall(callView(ended))],
  ['an answer elsewhere', (kit) => kit.receiveCall({ ...answer.call, holderClientId: 'another-tab' })],
  [
    'a ring that turns quiet',
    (kit) =>
      kit.receiveCall(
        incomingView({
          revision: 3,
          myRing: { id: 'ring_1', msLeft: 9000, isQuiet: true, ringerId: bob.id },
        }),
      ),
  ],
  ['a sign-out', (kit) => kit.say({ type: 'signed-out', data: {} })],
  ['the deadline', () => act(() => vi.advanceTimersByTimeAsync(60_100))],
  ['leaving the page', (kit) => kit.unmount()],
])('%s leaves the room at once', async (_, end) => {
  const kit = await listening();
  expect(kit.room().isClosed).toBe(false);
  await end(kit);
  expect(kit.room().isClosed).toBe(true);
});

test('a tab in the background confirms at once, and asks for a pass only after those in front', async () => {
  isInFront = false;
  const kit = await world();
  await kit.receiveCall(incomingView());
  await kit.take('confirmRinging').answer(undefined);
  expect(kit.has('preconnect')).toBe(false);
  await act(() => vi.advanceTimersByTimeAsync(500));
  await kit.take('preconnect').answer(pass);
  expect(kit.room().asked).toEqual(['listen as listener']);
});

test('a caller of a direct call says that silence is sent, and keeps it until the call is active', async () => {
  const kit = await world();
  kit.press('Call');
  const start = kit.take('start');
  expect(start.args[1]).toMatchObject({ sendsSilence: true });
  await start.answer(entered(callView()));
  await kit.room().up();
  expect(kit.room().asked).toEqual(['hold back']);
  await kit.receiveCall(activeView());
  expect(kit.room().asked).toContain('release');
});

test('a call that ends unanswered lets no voice through before its room is left', async () => {
  const kit = await world();
  kit.press('Call');
  await kit.take('start').answer(entered(callView()));
  await kit.room().up();
  await kit.receiveCall(callView({ status: 'ended', endReason: 'declined', revision: 9 }));
  expect(kit.room().asked).toEqual(['hold back']);
  expect(kit.room().isClosed).toBe(true);
});

test('a caller who meets a running call holds nothing back', async () => {
  const kit = await world();
  kit.press('Call');
  await kit.take('start').answer(entered(activeView()));
  await kit.room().up();
  expect(kit.room().asked).not.toContain('hold back');
});
