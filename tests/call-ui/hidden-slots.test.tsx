import {
  CallButton,
  type CallComponentOverrides,
  CallEntryLine,
  CallMiniBar,
  CallOverlay,
  CallScreen,
  defaultComponents,
  useSwitchCall,
} from '@parley/call-kit';
import type { CallEntry } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { entered, refusal, renderKit } from './support/kit';
import { phase, second } from './support/page';
import { activeView, alice, bob, callView, carol, incomingView, line, snapshot } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

const missed: CallEntry = {
  callId: 'call_0',
  conversationId: 'conv_1',
  conversationKind: 'direct',
  callerId: bob.id,
  outcome: 'missed',
  personIds: [],
  lengthMs: null,
  line: null,
  startedAt: 0,
};

function narrowWindow() {
  const media = { matches: true, addEventListener: () => {}, removeEventListener: () => {} };
  vi.stubGlobal('matchMedia', () => media);
}

async function show(components: CallComponentOverrides, screens = ['conv_1'], more = <></>) {
  const kit = renderKit(
    <>
      <CallButton target={{ conversationId: 'conv_1' }} />
      {screens.map((id) => (
        <CallScreen key={id} conversationId={id} />
      ))}
      <CallMiniBar conversationId={null} />
      <CallEntryLine entry={missed} count={1} timeText="10:02" personOf={() => bob} />
      <CallOverlay />
      {more}
    </>,
    { components },
  );
  await kit.say({ type: 'snapshot', data: snapshot() });
  return kit;
}
type Kit = Awaited<ReturnType<typeof show>>;
const call = () => fireEvent.click(screen.getByRole('button', { name: 'Call' }));
const find = (role: string, name?: string) => screen.queryByRole(role, name ? { name } : {});

async function start(kit: Kit, view = callView()) {
  if (find('button', 'Call')) call();
  else fireEvent.click(screen.getByRole('button', { name: 'Call back' }));
  await kit.take('start').answer(entered(view));
}
async function talk(kit: Kit) {
  await start(kit);
  await kit.rooms[0]?.up();
  await kit.receiveCall(activeView());
}
async function ringTwo(kit: Kit) {
  const conversation = { id: 'conv_1', kind: 'group' as const, title: 'Weekend trip' };
  const people = [line(alice, null, 'joined'), line(bob, 'ringing', null), line(carol, 'ringing', null)];
  await start(kit, callView({ conversation, people }));
}

/** For each slot that is seen by default: a moment at which it stands in the page, and what is seen of it then. */
const moments: Record<
  Exclude<keyof typeof defaultComponents, 'ToolbarExtras' | 'Ringer'>,
  [come: (kit: Kit) => unknown, seen: () => unknown]
> = {
  Avatar: [talk, () => document.querySelector('[class*="avatar"]')],
  Countdown: [
    async (kit) => {
      await talk(kit);
      const people = [line(alice, null, 'joined'), line(bob, 'accepted', 'rejoining', 20_000)];
      await kit.receiveCall(activeView({ people, revision: 9 }));
    },
    () => document.querySelector('[class*="countdown"]'),
  ],
  CallBar: [talk, () => document.querySelector('[data-call-bar]')],
  PeopleMenu: [talk, () => find('button', 'People and volume')],
  CallButton: [() => {}, () => find('button', 'Call')],
  CallEntry: [() => {}, () => screen.queryByText('Missed call')],
  IncomingCall: [(kit) => kit.receiveCall(incomingView()), () => find('alertdialog')],
  OutgoingCall: [(kit) => start(kit), () => find('region', 'Call')],
  CallDock: [talk, () => find('region', 'Call')],
  CallStage: [
    async (kit) => {
      await talk(kit);
      fireEvent.click(screen.getByRole('button', { name: 'Full window' }));
    },
    () => find('region', 'Call'),
  ],
  MiniCallBar: [talk, () => find('region', 'Call')],
  ParticipantTile: [talk, () => screen.queryByText('Alice (you)')],
  RingCard: [ringTwo, () => document.querySelector('[data-ring-state="calling"]')],
  CallToolbar: [talk, () => find('toolbar', 'Call controls')],
  DeviceMenu: [talk, () => find('button', 'Devices')],
  ConnectionBanner: [
    async (kit) => {
      await talk(kit);
      await act(async () => kit.rooms[0]?.change({ connection: 'reconnecting' }));
    },
    () => screen.queryByText(/can’t hear you right now/),
  ],
  EndedCard: [
    async (kit) => {
      await talk(kit);
      await kit.receiveCall(
        activeView({ status: 'ended', endReason: 'completed', elapsedMs: 1000, revision: 9 }),
      );
    },
    () => screen.queryByText('Call ended'),
  ],
  RefusalAlert: [
    async (kit) => {
      call();
      await kit.take('start').refuse(refusal('not_allowed', 'Action not allowed'));
    },
    () => find('alert'),
  ],
  MoveCallCard: [
    (kit) => kit.receiveCall(activeView({ holderClientId: 'phone' })),
    () => find('button', 'Move call here'),
  ],
  StartCallSheet: [call, () => find('dialog', 'Start call')],
  SwitchCallDialog: [
    async (kit) => {
      await talk(kit);
      await kit.receiveCall(second());
      fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
      await act(async () => {});
    },
    () => find('dialog', 'Switch call?'),
  ],
};
const slots = Object.keys(moments) as (keyof typeof moments)[];

describe.each(slots)('%s', (slot) => {
  const [come, seen] = moments[slot];
  const screens = slot === 'MiniCallBar' ? [] : ['conv_1'];

  test('is shown, and with null is hidden together with what leads to it', async () => {
    if (slot === 'StartCallSheet') narrowWindow();
    await come(await show({}, screens));
    expect(seen()).toBeTruthy();
    cleanup();
    await come(await show({ [slot]: null }, screens));
    expect(seen()).toBeNull();
    const empty = screen.queryAllByRole('button').filter((button) => !button.textContent && !button.title);
    expect(empty.filter((button) => !button.getAttribute('aria-label'))).toEqual([]);
  });
});

/** An app's own question. */
function Mine() {
  const question = useSwitchCall();
  return question && <button {...question.switchProps}>Leave {question.from.title}?</button>;
}

describe('a hidden question is not asked', () => {
  beforeEach(narrowWindow);

  test('a phone asks before it calls', async () => {
    const kit = await show({});
    call();
    expect(find('dialog', 'Start call')).toBeTruthy();
    expect(kit.has('start')).toBe(false);
  });

  test('without the sheet Call calls', async () => {
    const kit = await show({ StartCallSheet: null });
    call();
    await act(async () => {});
    expect(kit.has('start')).toBe(true);
  });

  test('without Switch call? Accept leaves the old call once the server agrees', async () => {
    vi.unstubAllGlobals();
    const kit = await show({ SwitchCallDialog: null });
    await talk(kit);
    await kit.receiveCall(second());
    fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
    await act(async () => {});
    const accept = kit.take('accept');
    expect(accept.args[1]).toEqual({ clientId: 'tab-of-alice', switchFrom: 'call_1' });
    expect(kit.rooms[0]?.isClosed).toBe(false);
    const people = [line(carol, null, 'joined'), line(alice, 'accepted', 'joined')];
    await accept.answer(
      entered({ ...activeView({ id: 'call_2', people, revision: 8 }), conversation: second().conversation }),
    );
    await kit.rooms[1]?.up();
    expect(phase()).toBe('connected');
  });

  test('an app that asks by itself is waited for', async () => {
    vi.unstubAllGlobals();
    const kit = await show({ SwitchCallDialog: null }, ['conv_1'], <Mine />);
    await talk(kit);
    await kit.receiveCall(second());
    fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
    await act(async () => {});
    expect(kit.has('accept')).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Leave Bob?' }));
    await act(async () => {});
    expect(kit.has('accept')).toBe(true);
  });
});

test('every slot is looked at here', () => {
  expect([...Object.keys(moments), 'Ringer', 'ToolbarExtras'].sort()).toEqual(
    Object.keys(defaultComponents).sort(),
  );
});

test('a hidden incoming window is not reported to the caller as shown', async () => {
  const shown = await show({});
  await shown.receiveCall(incomingView());
  expect(shown.take('confirmRinging').args[0]).toBe('call_in');
  cleanup();
  const hidden = await show({ IncomingCall: null });
  await hidden.receiveCall(incomingView());
  expect(hidden.has('confirmRinging')).toBe(false);
});

const Record = () => <button type="button">Record</button>;

test('buttons of the app stand at the end of the controls, before the way out', async () => {
  const kit = await show({ ToolbarExtras: Record });
  await talk(kit);
  const buttons = within(screen.getByRole('toolbar', { name: 'Call controls' })).getAllByRole('button');
  expect(buttons.slice(-2).map((button) => button.textContent)).toEqual(['Record', 'Disconnect']);
});
