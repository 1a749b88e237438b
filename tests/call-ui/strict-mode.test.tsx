import { DeviceCheck } from '@parley/call-kit';
import { act, cleanup, configure, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { trackListeners } from '../support/left-behind';
import { second, talking } from './support/page';

afterEach(() => {
  cleanup();
  configure({ reactStrictMode: false });
  vi.restoreAllMocks();
  vi.useRealTimers();
  sessionStorage.clear();
});

test('everything of a call, mounted and unmounted in StrictMode, leaves no listener and no timer', async () => {
  vi.useFakeTimers();
  configure({ reactStrictMode: true });
  const listeners = trackListeners(window, document);
  /** A call, a second one that rings, the question that it asks, and a look at the devices. */
  const once = async () => {
    const kit = await talking(<DeviceCheck />);
    await kit.receiveCall(second());
    await act(async () => screen.getByRole('button', { name: 'Accept' }).click());
    expect(screen.getByRole('dialog', { name: 'Switch call?' })).toBeTruthy();
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    const during = listeners.types();
    cleanup();
    await vi.advanceTimersByTimeAsync(1000);
    return { during, after: listeners.types() };
  };
  // React and the dialogs' library keep a few of their own for the life of the page.
  const first = await once();
  expect(first.during.length).toBeGreaterThan(first.after.length);
  for (const type of ['online', 'storage', 'focus', 'blur', 'visibilitychange', 'keydown'])
    expect(first.after).not.toContain(type);
  expect(await once()).toEqual(first);
  expect(vi.getTimerCount()).toBe(0);
});
