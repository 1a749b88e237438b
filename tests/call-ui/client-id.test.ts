import { expect, test, vi } from 'vitest';
import { takeClientId } from '@/lib/call-ui/client-id';
import { createLocks, refusingLocks } from './support/tabs';

function storageWith(id: string | null) {
  let kept = id;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
    now: () => kept,
  };
}

test('a new tab makes an id that the server accepts, and keeps it', async () => {
  const storage = storageWith(null);
  const id = await takeClientId({ storage, locks: createLocks() });
  expect(id).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  expect(storage.now()).toBe(id);
});

test('a reloaded tab keeps its id', async () => {
  const storage = storageWith('tab-of-alice');
  expect(await takeClientId({ storage, locks: createLocks() })).toBe('tab-of-alice');
});

test('a duplicated tab takes a new id, the first one keeps its own', async () => {
  const locks = createLocks();
  expect(await takeClientId({ storage: storageWith('tab-of-alice'), locks })).toBe('tab-of-alice');
  const copy = storageWith('tab-of-alice');
  const second = await takeClientId({ storage: copy, locks, waitMs: 1 });
  expect(second).not.toBe('tab-of-alice');
  expect(copy.now()).toBe(second);
});

test('a reload waits for the lock of the page that is going away, which takes a busy browser a second', async () => {
  vi.useFakeTimers();
  const locks = createLocks();
  let goAway: (() => void) | undefined;
  void locks.request('parley-client:tab-of-alice', () => new Promise<void>((resolve) => (goAway = resolve)));
  const reloaded = takeClientId({ storage: storageWith('tab-of-alice'), locks });
  await vi.advanceTimersByTimeAsync(1000);
  goAway?.();
  expect(await reloaded).toBe('tab-of-alice');
  vi.useRealTimers();
});

test('without Web Locks and without storage there still is an id', async () => {
  expect(await takeClientId({ storage: storageWith('tab-of-alice'), locks: null })).toBe('tab-of-alice');
  expect(await takeClientId({ storage: null, locks: null })).toMatch(/^[a-f0-9]{32}$/);
});

test('a reloaded tab keeps its id where the browser refuses Web Locks', async () => {
  const storage = storageWith('tab-of-alice');
  expect(await takeClientId({ storage, locks: refusingLocks() })).toBe('tab-of-alice');
});

test('a malformed stored id is replaced', async () => {
  expect(await takeClientId({ storage: storageWith('no good!'), locks: null })).not.toBe('no good!');
});
