import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CallButton, CallOverlay } from '@/lib/call-ui';
import { ready } from './support/page';
import { bob } from './support/views';

beforeEach(() => {
  const media = { matches: true, addEventListener: () => {}, removeEventListener: () => {} };
  vi.stubGlobal('matchMedia', () => media);
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

test('on a phone Call in a profile starts at once, without the sheet', async () => {
  const kit = await ready(
    <>
      <CallButton target={{ userId: bob.id }} look="profile" />
      <CallOverlay />
    </>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  expect(screen.queryByRole('dialog', { name: 'Start call' })).toBeNull();
  expect(kit.take('start').args[0]).toEqual({ userId: bob.id });
});

test('on a phone Call in a conversation names the people first', async () => {
  const kit = await ready(
    <>
      <CallButton target={{ conversationId: 'conv_1' }} />
      <CallOverlay />
    </>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  const sheet = screen.getByRole('dialog', { name: 'Start call' });
  expect(sheet.textContent).toContain('Bob');
  expect(kit.has('start')).toBe(false);
});
