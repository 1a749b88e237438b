import { CallButton, CallMiniBar, CallOverlay, readPreferences, type VideoSource } from '@parley/call-kit';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { MediaPerson } from '@/lib/call-ui/media/media-types';
import { entered } from './support/kit';
import { phase, ready, region, talking } from './support/page';
import { bob, callView, carol } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  localStorage.clear();
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

const edge = () => screen.getByRole('separator', { name: 'Height of the call' });
const heightOfCall = () => Number(edge().getAttribute('aria-valuenow'));

test('the docked call grows when a picture comes, and back when the last one goes', async () => {
  const kit = await talking();
  const voices = heightOfCall();
  const camera: VideoSource = { id: 'camera', isMirrored: false, attach: () => {}, detach: () => {} };
  const show = (change: Partial<MediaPerson>) => {
    const quiet = {
      isSpeaking: false,
      isMuted: false,
      hasMicrophone: true,
      quality: 'good',
      camera: null,
      screen: null,
    } as const;
    return act(async () => kit.rooms[0]?.change({ people: new Map([[bob.id, { ...quiet, ...change }]]) }));
  };
  await show({ camera });
  expect(heightOfCall()).toBe(Math.round(window.innerHeight * 0.6));
  await show({ camera: null, screen: camera });
  expect(heightOfCall()).toBe(Math.round(window.innerHeight * 0.6));
  await show({});
  expect(heightOfCall()).toBe(voices);
});

test('the height that a person gave the call is kept for its conversation, and the full window is not', async () => {
  await talking();
  fireEvent.keyDown(edge(), { key: 'Home' });
  expect([heightOfCall(), readPreferences().dockSizes]).toEqual([60, { conv_1: 'bar' }]);
  fireEvent.keyDown(edge(), { key: 'ArrowDown' });
  expect([heightOfCall(), readPreferences().dockSizes]).toEqual([200, { conv_1: 200 }]);
  cleanup();
  await talking();
  expect(heightOfCall()).toBe(200);
  fireEvent.keyDown(edge(), { key: 'End' });
  expect(region().dataset.theme).toBe('dark');
  expect(readPreferences().dockSizes).toEqual({ conv_1: 200 });
  fireEvent.keyDown(region(), { key: 'Escape' });
  fireEvent.keyDown(edge(), { key: 'Enter' });
  expect(readPreferences().dockSizes).toEqual({});
});
