import {
  CallMiniBar,
  CallOverlay,
  CallScreen,
  CallToolbar,
  type CallToolbarProps,
  ParticipantTile,
  type ParticipantTileProps,
  useCallPlace,
  type VideoSource,
} from '@parley/call-kit';
import type { CallView } from '@parley/call-protocol';
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { MediaPerson } from '@/lib/call-ui/media/media-types';
import { entered, renderKit } from './support/kit';
import { activeView, alice, line, person, snapshot } from './support/views';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  sessionStorage.clear();
});

/** How often each part was drawn since the last look. */
const drawn = new Map<string, number>();
const draw = (part: string) => drawn.set(part, (drawn.get(part) ?? 0) + 1);
const look = () => {
  const seen = Object.fromEntries(drawn);
  drawn.clear();
  return seen;
};

function Tile(props: ParticipantTileProps) {
  draw(props.participant.person.displayName);
  return <ParticipantTile {...props} />;
}
function Toolbar(props: CallToolbarProps) {
  draw('toolbar');
  return <CallToolbar {...props} />;
}
function Chat() {
  draw('chat');
  return null;
}
const chat = () => <Chat />;
function Buttons() {
  const { expand, toggleChat } = useCallPlace();
  const openStage = () => {
    expand();
    toggleChat();
  };
  return (
    <button type="button" onClick={openStage}>
      Open the stage
    </button>
  );
}

const others = Array.from({ length: 24 }, (_, index) => person(`Guest ${index + 1}`));
const [speaker] = others;

/** Twenty-five people talk; LiveKit lists all of them anew with every event. */
async function crowd() {
  const group: CallView = {
    ...activeView(),
    conversation: { id: 'conv_1', kind: 'group', title: 'Crowd' },
    people: [line(alice, null, 'joined'), ...others.map((who) => line(who, 'accepted', 'joined'))],
  };
  const kit = renderKit(
    <>
      <Buttons />
      <CallScreen conversationId="conv_1" />
      <CallMiniBar conversationId={null} />
      <CallOverlay chat={chat} />
    </>,
    { components: { ParticipantTile: Tile, CallToolbar: Toolbar } },
  );
  await kit.say({ type: 'snapshot', data: snapshot([group]) });
  await vi.waitFor(() => expect(kit.has('join')).toBe(true));
  await kit.take('join').answer(entered({ ...group, revision: 3 }));
  await kit.rooms[0]?.up();
  const camera: VideoSource = { id: 'camera', isMirrored: false, attach: () => {}, detach: () => {} };
  const emit = (change: Partial<MediaPerson> = {}) => {
    const quiet = {
      isSpeaking: false,
      isMuted: false,
      hasMicrophone: true,
      quality: 'good',
      screen: null,
    } as const;
    const people = new Map(
      others.map((who): [string, MediaPerson] => [
        who.id,
        { ...quiet, camera: who === others[1] ? camera : null, ...(who === speaker ? change : {}) },
      ]),
    );
    return act(async () => kit.rooms[0]?.change({ people }));
  };
  await emit();
  return { kit, emit };
}

for (const place of ['stage', 'dock'] as const) {
  test(`in the ${place} a speaker event draws the speaker’s tile and nothing else`, async () => {
    const { emit } = await crowd();
    if (place === 'stage') await act(async () => screen.getByText('Open the stage').click());
    look();
    await emit({ isSpeaking: true });
    expect(look()).toEqual({ 'Guest 1': 1 });
    await emit({ isSpeaking: false });
    expect(look()).toEqual({ 'Guest 1': 1 });
    await emit();
    expect(look()).toEqual({});
    // An event of one person renders no other.
    await emit({ isMuted: true });
    expect(look()).toEqual({ 'Guest 1': 1 });
  });
}

test('who comes online, what is written elsewhere and the passing time draw no tile', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { kit } = await crowd();
  await act(async () => screen.getByText('Open the stage').click());
  look();
  const [bob] = snapshot().users;
  const [conversation] = snapshot().conversations;
  if (!bob || !conversation) throw new Error('the snapshot has people and a conversation');
  await kit.say(
    { type: 'users', data: [{ ...bob, presence: 'offline', revision: 20 }] },
    { type: 'conversation', data: { ...conversation, id: 'conv_2', unreadCount: 3, revision: 21 } },
  );
  expect(look()).toEqual({});
  const timer = screen.getByRole('timer').textContent;
  await act(async () => void (await vi.advanceTimersByTimeAsync(3000)));
  expect(screen.getByRole('timer').textContent).not.toBe(timer);
  expect(look()).toEqual({});
});
