import { CallButton, CallOverlay } from '@parley/call-kit';
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { entered } from './support/kit';
import { ready, second } from './support/page';
import { activeView, bob, callView, incomingView } from './support/views';

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

test('on a phone a ring fills the screen, and during a call it is a banner beside the call’s controls', async () => {
  const kit = await ready();
  await kit.receiveCall(incomingView());
  expect(screen.getByText('Direct conversation')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  await kit.take('accept').answer(entered(activeView({ id: 'call_in', callerId: bob.id, revision: 5 })));
  await kit.rooms[0]?.up();
  await kit.receiveCall(second());
  const banner = within(screen.getByRole('alertdialog', { name: 'Incoming call from Carol' }));
  expect(banner.queryByText('Direct conversation')).toBeNull();
  expect(banner.getByText('Incoming call')).toBeTruthy();
  expect(banner.getByRole('button', { name: 'Decline' })).toBeTruthy();
  fireEvent.click(banner.getByRole('button', { name: 'Accept' }));
  expect(screen.getByRole('dialog', { name: 'Switch call?' })).toBeTruthy();
});

test('the card of an ended call goes when a sheet opens', async () => {
  const kit = await ready();
  const startFromSheet = () => {
    fireEvent.click(screen.getByRole('button', { name: 'Call' }));
    fireEvent.click(screen.getByRole('button', { name: 'Join call' }));
  };
  startFromSheet();
  await kit.take('start').answer(entered(callView()));
  await kit.receiveCall(callView({ status: 'ended', endReason: 'missed', revision: 9 }));
  expect(screen.getByText('No answer')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  expect(screen.getByRole('dialog', { name: 'Start call' })).toBeTruthy();
  expect(screen.queryByText('No answer')).toBeNull();
});
