import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { CallButton, CallMiniBar, CallOverlay } from '@/lib/call-ui';
import { entered } from './support/kit';
import { phase, ready, region, talking } from './support/page';
import { bob, callView, carol } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

test('there is exactly one region named Call, on every page', async () => {
  const kit = await talking();
  expect(screen.getAllByRole('region', { name: 'Call' })).toHaveLength(1);
  fireEvent.click(screen.getByRole('button', { name: 'Full window' }));
  expect(screen.getAllByRole('region', { name: 'Call' })).toHaveLength(1);
  expect(kit.rooms[0]?.isClosed).toBe(false);
});

test('away from its conversation the call is a bar that leads back', async () => {
  const kit = await ready(
    <>
      <CallButton target={{ userId: bob.id }} look="profile" />
      <CallMiniBar conversationId={null} />
      <CallOverlay />
    </>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  expect(kit.opened).toEqual(['conv_1']);
  expect(screen.getAllByRole('region', { name: 'Call' })).toHaveLength(1);
  fireEvent.click(screen.getByRole('button', { name: /Back to the call/ }));
  expect(kit.opened).toEqual(['conv_1', 'conv_1']);
});

test('calling someone new shows the call before there is a conversation, then opens it', async () => {
  const kit = await ready(
    <>
      <CallButton target={{ userId: carol.id }} look="profile" />
      <CallMiniBar conversationId={null} />
      <CallOverlay />
    </>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  expect(phase()).toBe('outgoing');
  expect(within(region()).getByRole('listitem', { name: 'Carol' })).toBeTruthy();
  expect(kit.opened).toEqual([]);
  await kit
    .take('start')
    .answer(entered({ ...callView(), conversation: { id: 'conv_9', kind: 'direct', title: null } }));
  expect(kit.opened).toEqual(['conv_9']);
});
