import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ageCall } from '@/lib/call-ui/events/aged-snapshot';
import { createEventParser } from '@/lib/call-ui/events/server-stream';
import { browser, problem } from './support/browser';
import { activeView, alice, bob, incomingView, line, snapshot } from './support/views';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('two tabs share one connection and hear the same, in order', async () => {
  const { server, tab, settle } = browser();
  const first = tab();
  await settle();
  const second = tab();
  await settle();
  server.lines[0]?.say('snapshot', snapshot());
  server.lines[0]?.say('call', incomingView());
  server.lines[0]?.say('call', incomingView({ revision: 2 }));
  await settle();
  expect(server.lines).toHaveLength(1);
  expect(first.types()).toEqual(['snapshot', 'call', 'call']);
  expect(second.heard).toEqual(first.heard);
});

test('a tab that comes later is handed a snapshot whose milliseconds have aged', async () => {
  const { server, tab, settle } = browser();
  tab();
  await settle();
  server.lines[0]?.say('snapshot', snapshot([incomingView()]));
  await settle();
  await vi.advanceTimersByTimeAsync(3000);
  const late = tab();
  await settle();
  const [event] = late.heard;
  const left = event?.type === 'snapshot' ? event.data.calls[0]?.myRing?.msLeft : undefined;
  expect(left).toBe(57_000);
});

test('another tab takes over when the leading one closes, and starts with a snapshot of its own', async () => {
  const { server, tab, settle } = browser();
  const first = tab();
  await settle();
  const second = tab();
  server.lines[0]?.say('snapshot', snapshot());
  await settle();
  first.source.close();
  await settle();
  expect(server.lines).toHaveLength(2);
  server.lines[1]?.say('snapshot', snapshot([incomingView()]));
  await settle();
  expect(second.types()).toEqual(['snapshot', 'snapshot']);
});

test('a leading tab that the browser freezes hands the stream over at once, and listens when it wakes up', async () => {
  const { server, tab, settle } = browser();
  const first = tab();
  await settle();
  const second = tab();
  server.lines[0]?.say('snapshot', snapshot());
  await settle();
  first.page.dispatchEvent(new Event('freeze'));
  await settle();
  expect(server.lines.map((line) => line.isOpen)).toEqual([false, true]);
  server.lines[1]?.say('snapshot', snapshot([incomingView()]));
  await settle();
  first.page.dispatchEvent(new Event('resume'));
  await settle();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(server.lines).toHaveLength(2);
  server.lines[1]?.say('call', incomingView({ revision: 2 }));
  await settle();
  expect(first.types().slice(-2)).toEqual(['snapshot', 'call']);
  expect(second.types().slice(-2)).toEqual(['snapshot', 'call']);
});

test('a tab that waits and is frozen is not given the stream', async () => {
  const { server, tab, settle } = browser();
  const first = tab();
  await settle();
  const waiting = tab();
  await settle();
  const third = tab();
  await settle();
  waiting.page.dispatchEvent(new Event('freeze'));
  waiting.freeze();
  await settle();
  first.source.close();
  await settle();
  expect(server.lines).toHaveLength(2);
  server.lines[1]?.say('snapshot', snapshot());
  await settle();
  expect(third.types()).toEqual(['snapshot']);
  expect(waiting.types()).toEqual([]);
});

test('a leading tab that stands still without a word loses the stream within ten seconds', async () => {
  const { server, tab, settle } = browser();
  const first = tab();
  await settle();
  const second = tab();
  server.lines[0]?.say('snapshot', snapshot());
  await settle();
  first.freeze();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(server.lines).toHaveLength(2);
  expect(server.lines[0]?.isOpen).toBe(false);
  server.lines[1]?.say('snapshot', snapshot());
  await settle();
  expect(second.types()).toEqual(['snapshot', 'snapshot']);
});

test('a leading tab that answers keeps the stream, however quiet the server is', async () => {
  const { server, tab, settle } = browser();
  tab();
  await settle();
  tab();
  server.lines[0]?.say('snapshot', snapshot());
  await vi.advanceTimersByTimeAsync(15_000);
  expect(server.lines).toHaveLength(1);
});

test('a silent connection is given up within twenty seconds and made anew', async () => {
  const { server, tab, settle } = browser();
  const only = tab();
  await settle();
  server.lines[0]?.say('snapshot', snapshot());
  await vi.advanceTimersByTimeAsync(15_000);
  server.lines[0]?.say('heartbeat', {});
  await vi.advanceTimersByTimeAsync(18_500);
  expect(server.lines).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.lines).toHaveLength(2);
  expect(only.source.state()).toBe('open');
});

test('a connection that breaks comes back, with growing pauses of at most five seconds', async () => {
  const { server, tab, settle } = browser();
  const only = tab();
  await settle();
  server.lines[0]?.cut();
  await settle();
  expect(only.source.state()).toBe('lost');
  await vi.advanceTimersByTimeAsync(499);
  expect(server.lines).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(server.lines).toHaveLength(2);
  server.answerWith(() => new Response(null, { status: 500 }));
  server.lines[1]?.cut();
  await vi.advanceTimersByTimeAsync(60_000);
  server.answerWith(null);
  await vi.advanceTimersByTimeAsync(5000);
  expect(server.lines).toHaveLength(3);
});

test('a sign-in that is no longer valid is said once, and nothing is tried after it', async () => {
  const { server, tab, settle } = browser();
  server.answerWith(() => problem('unauthenticated', 401));
  const first = tab();
  const second = tab();
  await settle();
  expect(first.types()).toEqual(['signed-out']);
  expect(second.types()).toContain('signed-out');
  server.answerWith(null);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.lines).toHaveLength(0);
});

test('two people in one browser are never handed each other’s events', async () => {
  const { server, tab, settle } = browser();
  const ofBob = snapshot([], { me: { ...snapshot().me, id: bob.id } });
  const first = tab(alice.id);
  await settle();
  server.lines[0]?.say('snapshot', snapshot());
  await settle();
  // Alice's cookie was lost, and Bob signs in: the page of Alice is still open.
  const second = tab(bob.id);
  await settle();
  expect(second.heard).toEqual([]);
  expect(server.lines).toHaveLength(2);
  server.lines[1]?.say('snapshot', ofBob);
  server.lines[1]?.say('call', incomingView({ viewerId: bob.id }));
  await settle();
  expect(second.types()).toEqual(['snapshot', 'call']);
  expect(first.types()).toEqual(['snapshot']);
  // When her connection comes back it is answered with what is Bob's.
  server.lines[0]?.cut();
  await vi.advanceTimersByTimeAsync(500);
  server.lines[2]?.say('snapshot', ofBob);
  await settle();
  expect(first.types()).toEqual(['snapshot', 'signed-out']);
  expect(server.lines[2]?.isOpen).toBe(false);
  expect(second.types()).toEqual(['snapshot', 'call']);
});

test('an event that this client does not know is passed over', async () => {
  const { server, tab, settle } = browser();
  const only = tab();
  await settle();
  server.lines[0]?.say('weather', { sun: true });
  server.lines[0]?.say('call', { id: 'call_1' });
  server.lines[0]?.say('snapshot', snapshot());
  await settle();
  expect(only.types()).toEqual(['snapshot']);
});

test('messages are read whole, wherever the network cuts them', () => {
  const text =
    'retry: 1000\n\n: a comment\n\nevent: call\r\ndata: {"a":\r\ndata: 1}\r\n\r\nevent: me\ndata: {"b":2}\n\n';
  for (let cut = 1; cut < text.length; cut += 1) {
    const heard: unknown[] = [];
    const parse = createEventParser((type, data) => heard.push([type, data]));
    parse(text.slice(0, cut));
    parse(text.slice(cut));
    expect(heard).toEqual([
      ['call', { a: 1 }],
      ['me', { b: 2 }],
    ]);
  }
});

test('ageing shortens what is left, never below nothing, and lengthens only an active call', () => {
  const people = [line(alice, null, 'joined'), line(bob, 'accepted', 'rejoining', 3000)];
  expect(ageCall(activeView({ elapsedMs: 1000, people }), 5000)).toMatchObject({ elapsedMs: 6000 });
  expect(ageCall(activeView({ people }), 5000).people[1]?.participation?.rejoinMsLeft).toBe(0);
  expect(ageCall(activeView({ status: 'ended', elapsedMs: 1000 }), 5000).elapsedMs).toBe(1000);
  expect(ageCall(incomingView(), 500).myRing?.msLeft).toBe(59_500);
});
