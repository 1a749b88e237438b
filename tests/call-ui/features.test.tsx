import { type CallFeatures, CallMiniBar, CallOverlay, CallScreen, DeviceCheck } from '@parley/call-kit';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { entered, renderKit } from './support/kit';
import { activeView, bob, incomingView, snapshot } from './support/views';

beforeEach(() => {
  vi.stubGlobal('navigator', {
    ...navigator,
    userAgent: 'Chrome',
    mediaDevices: { enumerateDevices: async () => [], getDisplayMedia: async () => {} },
  });
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  localStorage.clear();
  vi.unstubAllGlobals();
});

async function show(features: Partial<CallFeatures>) {
  const kit = renderKit(
    <>
      <CallScreen conversationId="conv_1" />
      <CallMiniBar conversationId="conv_1" />
      <CallOverlay chat={() => <p>Words beside the call</p>} />
      <DeviceCheck />
    </>,
    { features },
  );
  await kit.say({ type: 'snapshot', data: snapshot() });
  return kit;
}
type Kit = Awaited<ReturnType<typeof show>>;
const find = (name: string | RegExp) => screen.queryByRole('button', { name });
const press = (name: string | RegExp) =>
  act(async () => void fireEvent.click(screen.getByRole('button', { name })));

async function talk(kit: Kit) {
  await kit.receiveCall(incomingView());
  await press('Accept');
  await kit.take('accept').answer(entered(activeView()));
  await kit.rooms[0]?.up();
}

/** For each feature: a moment at which it is offered, and what is seen of it then. */
const moments: Record<keyof CallFeatures, [come: (kit: Kit) => Promise<unknown>, seen: () => unknown]> = {
  camera: [talk, () => find('Camera') ?? screen.queryByRole('combobox', { name: 'Camera' })],
  screenShare: [talk, () => find('Share screen')],
  chat: [
    async (kit) => {
      await talk(kit);
      await press('Full window');
    },
    () => find(/Chat/),
  ],
  reactions: [
    async (kit) => {
      await talk(kit);
      await press(/^React/);
      await kit.say({ type: 'reaction', data: { callId: 'call_1', userId: bob.id, reaction: 'heart' } });
    },
    () => find('Party') ?? screen.queryByText('❤️'),
  ],
  moveHere: [(kit) => kit.receiveCall(activeView({ holderClientId: 'phone' })), () => find('Move call here')],
};

describe.each(Object.keys(moments) as (keyof CallFeatures)[])('%s', (feature) => {
  const [come, seen] = moments[feature];

  test('is offered, and is left out everywhere where the app does without', async () => {
    await come(await show({}));
    expect(seen()).toBeTruthy();
    cleanup();
    sessionStorage.clear();
    await come(await show({ [feature]: false }));
    expect(seen()).toBeNull();
    if (feature === 'reactions') expect(find('Raise hand')).toBeTruthy();
  });
});
