import {
  type CallClient,
  type CallFeatures,
  CallMiniBar,
  CallOverlay,
  CallScreen,
  DeviceCheck,
} from '@parley/call-kit';
import type { CallView } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { entered, renderKit } from './support/kit';
import { activeView, alice, bob, carol, incomingView, line, snapshot } from './support/views';

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

async function show(features: Partial<CallFeatures>, lacking: (keyof CallClient)[] = []) {
  const kit = renderKit(
    <>
      <CallScreen conversationId="conv_1" />
      <CallMiniBar conversationId="conv_1" />
      <CallOverlay chat={() => <p>Words beside the call</p>} />
      <DeviceCheck />
    </>,
    { features },
    lacking,
  );
  await kit.say({ type: 'snapshot', data: snapshot() });
  return kit;
}
type Kit = Awaited<ReturnType<typeof show>>;
const find = (name: string | RegExp) => screen.queryByRole('button', { name });
const press = (name: string | RegExp) =>
  act(async () => void fireEvent.click(screen.getByRole('button', { name })));

async function talk(kit: Kit, change: Partial<CallView> = {}) {
  await kit.receiveCall(incomingView());
  await press('Accept');
  await kit.take('accept').answer(entered(activeView(change)));
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
  hands: [
    async (kit) => {
      await talk(kit);
      await press(/^React/);
    },
    () => find('Raise hand'),
  ],
  replies: [(kit) => kit.receiveCall(incomingView()), () => find('Reply with a message')],
  callBacks: [
    async (kit) => {
      await kit.receiveCall(incomingView());
      await press('Reply with a message');
    },
    () => find('In ten minutes'),
  ],
  ringMembers: [
    (kit) => {
      const people = [
        line(alice, null, 'joined'),
        line(bob, 'accepted', 'joined'),
        line(carol, 'declined', null),
      ];
      return talk(kit, { people, conversation: { id: 'conv_1', kind: 'group', title: 'Trip' } });
    },
    () => find('Ring again') ?? find('Ring'),
  ],
  soundCheck: [
    async (kit) => {
      await talk(kit);
      await press('Devices');
    },
    () => find(/can’t hear/),
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
    if (feature === 'hands') expect(find('Party')).toBeTruthy();
    if (feature === 'callBacks') expect(find('Text me')).toBeTruthy();
  });
});

/** The commands that a transport may lack, and the features that go with them. */
const missing: [command: keyof CallClient, features: (keyof CallFeatures)[]][] = [
  ['react', ['reactions']],
  ['raiseHand', ['hands']],
  ['reply', ['replies']],
  ['ring', ['ringMembers']],
  ['askReception', ['soundCheck']],
  ['reportReception', ['soundCheck']],
  ['move', ['moveHere']],
];

test.each(missing)('what a client without %s cannot do is left out', async (command, features) => {
  for (const feature of features) {
    const [come, seen] = moments[feature];
    await come(await show({}, [command]));
    expect(seen()).toBeNull();
    cleanup();
    sessionStorage.clear();
  }
});

test('a ring is not stopped by a client that cannot, and other controls stay', async () => {
  const ringing = { ...line(carol, 'ringing', null) };
  const people = [line(alice, null, 'joined'), line(bob, 'accepted', 'joined'), ringing];
  const group = { id: 'conv_1', kind: 'group' as const, title: 'Trip' };
  for (const [lacking, isOffered] of [
    [[], true],
    [['stopRing'], false],
  ] as const) {
    await talk(await show({}, [...lacking]), { people, conversation: group });
    await press('People and volume');
    expect(find(/^Stop/) !== null).toBe(isOffered);
    expect(find('Disconnect')).toBeTruthy();
    cleanup();
    sessionStorage.clear();
  }
});
