import type { ConnectionQuality } from '@parley/call-kit';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { requestMicrophone } from '@/lib/call-ui/media/request-microphone';
import { readPreferences } from '@/lib/call-ui/preferences';
import { entered, refusal } from './support/kit';
import { phase, ready, region, talking } from './support/page';
import { activeView, alice, bob, callView, incomingView, line } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

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
  await kit.receiveCall(activeView());
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

test('a refused start says why and leaves nothing behind', async () => {
  const kit = await ready();
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  await kit.take('start').refuse(refusal('not_allowed', 'Action not allowed', 'You can’t call Bob.'));
  const alert = screen.getByRole('alert');
  expect(alert.textContent).toContain('Action not allowed');
  expect(alert.textContent).toContain('You can’t call Bob.');
  expect(screen.queryByRole('region', { name: 'Call' })).toBeNull();
  expect(kit.track.isStopped).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByRole('alert')).toBeNull();
});

test('disconnecting releases the connection at once and sends the leave', async () => {
  const kit = await talking();
  fireEvent.click(screen.getByRole('button', { name: 'Disconnect' }));
  expect(kit.rooms[0]?.isClosed).toBe(true);
  expect(screen.queryByRole('region', { name: 'Call' })).toBeNull();
  await act(async () => {});
  expect(kit.take('leave').args).toEqual(['call_1', { clientId: 'tab-of-alice' }]);
  expect(screen.queryByText('Call ended')).toBeNull();
});

test('a participant who ends a call by leaving sees how it ended, too', async () => {
  const kit = await talking();
  fireEvent.click(screen.getByRole('button', { name: 'Disconnect' }));
  await act(async () => {});
  const ended = { status: 'ended', endReason: 'completed', elapsedMs: 12 * 60_000, revision: 9 } as const;
  await kit.take('leave').answer(activeView(ended));
  expect(screen.getByRole('status').textContent).toContain('12 min with Bob');
  fireEvent.click(screen.getByRole('button', { name: 'Call again' }));
  expect(kit.take('start').args[0]).toEqual({ conversationId: 'conv_1' });
});

test('leaving a call that goes on shows no ended card', async () => {
  const kit = await talking();
  fireEvent.click(screen.getByRole('button', { name: 'Disconnect' }));
  await act(async () => {});
  await kit.take('leave').answer(activeView({ revision: 9 }));
  expect(screen.queryByRole('status')).toBeNull();
});

test('an end by the other side shows how it ended, and offers another call', async () => {
  const kit = await talking();
  await kit.receiveCall(
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
  await kit.receiveCall(callView({ status: 'ended', endReason: 'declined', people, revision: 3 }));
  expect(screen.getByText('Bob declined')).toBeTruthy();
});

test('on plain http, where there is no microphone, a participant listens and reads why', async () => {
  const kit = await ready();
  kit.world.microphone = { problem: 'insecure' };
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  await kit.take('start').answer(entered(callView()));
  await kit.rooms[0]?.up();
  await kit.receiveCall(activeView());
  expect(phase()).toBe('connected');
  expect(screen.getByText(/This page is on http, where browsers keep the microphone off/)).toBeTruthy();
});

test('a microphone that is not there joins to listen, says so, and is taken once it is plugged in', async () => {
  const kit = await ready();
  const none = new DOMException('Requested device not found', 'NotFoundError');
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.reject(none) } });
  kit.world.microphone = await requestMicrophone(readPreferences());
  vi.unstubAllGlobals();
  await kit.receiveCall(incomingView());
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  const people = [line(bob, null, 'joined'), line(alice, 'accepted', 'joined')];
  await kit
    .take('accept')
    .answer(entered(activeView({ id: 'call_in', callerId: bob.id, people, revision: 5 })));
  await kit.rooms[0]?.up();
  expect(phase()).toBe('connected');
  expect(screen.getByText('No microphone was found. Bob can’t hear you.')).toBeTruthy();
  kit.world.microphone = { track: kit.track as unknown as MediaStreamTrack };
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Try again' })));
  expect(kit.rooms[0]?.published).toHaveLength(1);
  expect(screen.queryByText(/No microphone was found/)).toBeNull();
});

test('how well everyone is connected reaches their tile and the call', async () => {
  const kit = await talking();
  const here = { isSpeaking: false, isMuted: false, hasMicrophone: true, camera: null, screen: null };
  const say = (ofAlice: ConnectionQuality, ofBob: ConnectionQuality) =>
    act(async () =>
      kit.rooms[0]?.change({
        people: new Map([
          [alice.id, { ...here, quality: ofAlice }],
          [bob.id, { ...here, quality: ofBob }],
        ]),
      }),
    );
  const ofTile = () =>
    within(region()).getByRole('listitem', { name: 'Bob' }).querySelector<HTMLElement>('[data-connection]');
  await say('excellent', 'weak');
  expect(region().dataset.connection).toBe('excellent');
  expect(ofTile()?.dataset.connection).toBe('weak');
  expect(ofTile()?.textContent).toContain('Weak connection');
  await say('lost', 'excellent');
  expect(region().dataset.connection).toBe('lost');
  expect(region().textContent).toContain('Connection lost');
  expect(ofTile()?.dataset.connection).toBe('excellent');
});

test('a refused microphone joins to listen, with a way to fix it', async () => {
  const kit = await ready();
  kit.world.microphone = { problem: 'refused' };
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  await kit.take('start').answer(entered(callView()));
  await kit.rooms[0]?.up();
  await kit.receiveCall(activeView());
  expect(phase()).toBe('connected');
  expect(screen.getByText('Your microphone is blocked. Bob can’t hear you.')).toBeTruthy();
  const microphone = () => screen.getByRole('button', { name: 'Microphone', pressed: false });
  const ownTile = () => screen.getByRole('listitem', { name: 'Alice' }).textContent;
  expect([microphone().hasAttribute('data-missing'), ownTile()?.includes('No microphone')]).toEqual([
    true,
    true,
  ]);
  kit.world.microphone = { track: kit.track as unknown as MediaStreamTrack };
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Allow microphone' })));
  expect(kit.rooms[0]?.published).toHaveLength(1);
  expect(screen.queryByText(/microphone is blocked/)).toBeNull();
  expect(ownTile()).not.toContain('No microphone');
});
