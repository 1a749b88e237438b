import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Outbox } from '@/lib/realtime/outbox';
import { connectClient } from '../support/stream-client';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const event = Buffer.from('x'.repeat(1000));
const snapshot = Buffer.from('x'.repeat(400_000));
const settled = () => new Promise((resolve) => setImmediate(resolve));

function outboxWithClient(onGone = () => {}) {
  const outbox = new Outbox();
  return { outbox, client: connectClient((out) => outbox.flowTo(out, onGone)) };
}

it('a thousand events in one turn are no sign that a client does not read', async () => {
  const { outbox, client } = outboxWithClient();
  for (let n = 0; n < 1000; n += 1) expect(outbox.send(event)).toBe(true);
  outbox.close();
  while (!client.isOver()) {
    client.take();
    await settled();
  }
  client.take();
  expect(client.taken().length).toBe(1_000_000);
});

it('what was sent before the client was connected comes first', async () => {
  const outbox = new Outbox();
  outbox.send(Buffer.from('one '));
  outbox.send(Buffer.from('two '));
  const client = connectClient((out) => outbox.flowTo(out, () => {}));
  outbox.send(Buffer.from('three'));
  for (let n = 0; n < 4; n += 1) {
    client.take();
    await settled();
  }
  expect(client.taken()).toBe('one two three');
});

it('a client that takes nothing for 30 s of what waits for it does not read', () => {
  const { outbox } = outboxWithClient();
  outbox.send(event);
  vi.advanceTimersByTime(15_000);
  expect(outbox.send(event)).toBe(true);
  vi.advanceTimersByTime(15_001);
  expect(outbox.send(event)).toBe(false);
});

it('a client on a slow line that still reads a snapshot is not given up', async () => {
  const { outbox, client } = outboxWithClient();
  outbox.send(snapshot);
  for (let n = 0; n < 20; n += 1) {
    client.takeOne();
    await settled();
    vi.advanceTimersByTime(15_000);
    expect(outbox.send(event)).toBe(true);
  }
});

it('a quiet hour is no slowness', async () => {
  const { outbox, client } = outboxWithClient();
  outbox.send(event);
  client.take();
  await settled();
  vi.advanceTimersByTime(3_600_000);
  expect(outbox.send(event)).toBe(true);
});

it('a broken-off connection keeps nothing of what waited', async () => {
  const { outbox, client } = outboxWithClient();
  outbox.send(snapshot);
  const drained = outbox.whenDrained();
  outbox.breakOff();
  await drained;
  expect([client.isOver(), outbox.whenDrained()]).toEqual([true, null]);
});

it('is drained once the client has read enough, when it is closed, and when the client disconnects', async () => {
  const { outbox, client } = outboxWithClient();
  expect(outbox.whenDrained()).toBeNull();
  outbox.send(snapshot);
  let isDrained = false;
  void outbox.whenDrained()?.then(() => {
    isDrained = true;
  });
  client.takeOne();
  await settled();
  expect(isDrained).toBe(false);
  while (!isDrained) {
    client.take();
    await settled();
  }

  const closed = outboxWithClient();
  closed.outbox.send(snapshot);
  const both = Promise.all([closed.outbox.whenDrained(), closed.outbox.whenDrained()]);
  closed.outbox.close();
  await both;

  let isGone = false;
  const left = outboxWithClient(() => {
    isGone = true;
  });
  left.outbox.send(snapshot);
  const drained = left.outbox.whenDrained();
  left.client.disconnect();
  await drained;
  expect(isGone).toBe(true);
});

it('a client that had disconnected before is noticed at once', () => {
  let isGone = false;
  const outbox = new Outbox();
  connectClient((out) => {
    out.destroy();
    outbox.flowTo(out, () => {
      isGone = true;
    });
  });
  expect(isGone).toBe(true);
});
