import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Outbox } from '@/lib/realtime/outbox';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const event = 'x'.repeat(1000);
const snapshot = 'x'.repeat(400_000);

it('a thousand events in one turn are no sign that a client does not read', async () => {
  const outbox = new Outbox(() => {});
  for (let n = 0; n < 1000; n += 1) expect(outbox.send(event)).toBe(true);
  outbox.close();
  expect(await new Response(outbox.body).text()).toBe(event.repeat(1000));
});

it('a client that takes nothing for 30 s of what waits for it does not read', () => {
  const outbox = new Outbox(() => {});
  outbox.send(event);
  vi.advanceTimersByTime(15_000);
  expect(outbox.send(event)).toBe(true);
  vi.advanceTimersByTime(15_001);
  expect(outbox.send(event)).toBe(false);
});

it('a client on a slow line that still reads a snapshot is not given up', async () => {
  const outbox = new Outbox(() => {});
  outbox.send(snapshot);
  const reader = outbox.body.getReader();
  for (let n = 0; n < 20; n += 1) {
    await reader.read();
    vi.advanceTimersByTime(15_000);
    expect(outbox.send(event)).toBe(true);
  }
});

it('a quiet hour is no slowness', async () => {
  const outbox = new Outbox(() => {});
  const reader = outbox.body.getReader();
  outbox.send(event);
  await reader.read();
  vi.advanceTimersByTime(3_600_000);
  expect(outbox.send(event)).toBe(true);
});

it('is drained once the client has read enough, when it is closed, and when its reader gives up', async () => {
  const read = new Outbox(() => {});
  await read.whenDrained();
  read.send(snapshot);
  let isDrained = false;
  void read.whenDrained()?.then(() => {
    isDrained = true;
  });
  const reader = read.body.getReader();
  while (!isDrained) await reader.read();

  const closed = new Outbox(() => {});
  closed.send(snapshot);
  const both = Promise.all([closed.whenDrained(), closed.whenDrained()]);
  closed.close();
  await both;

  let isCancelled = false;
  const cancelled = new Outbox(() => {
    isCancelled = true;
  });
  cancelled.send(snapshot);
  const drained = cancelled.whenDrained();
  await cancelled.body.cancel();
  await drained;
  expect(isCancelled).toBe(true);
});
