import {
  type CallComponentOverrides,
  CallDock,
  type CallDockProps,
  CallMiniBar,
  CallOverlay,
  CallProvider,
  CallScreen,
  MiniCallBar,
  type MiniCallBarProps,
  useCall,
} from '@parley/call-kit';
import { LiveKitRoomScope, useLiveKitRoom, useParticipant } from '@parley/call-kit/livekit';
import { act, cleanup, render, screen } from '@testing-library/react';
import { Room, Track } from 'livekit-client';
import { useEffect, useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { components as liveKitTile } from '@/examples/recipes/livekit-tile';
import { RoomScope } from '@/lib/call-ui/components/room-scope';
import { peopleIn } from '@/lib/call-ui/media/room-people';
import { entered, renderKit } from './support/kit';
import { roomWith, stubMedia } from './support/livekit-tracks';
import { page, ready } from './support/page';
import { activeView, alice, bob, callView, snapshot } from './support/views';

beforeEach(stubMedia);
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

let mounts: string[] = [];
function useCountedMount(name: string) {
  useEffect(() => {
    mounts.push(name);
  }, [name]);
}

function RoomWord() {
  return <p>{useLiveKitRoom() ? 'in the room' : 'no room yet'}</p>;
}
function Dock(props: CallDockProps) {
  useCountedMount('dock');
  return (
    <>
      <CallDock {...props} />
      <RoomWord />
    </>
  );
}
function Bar(props: MiniCallBarProps) {
  return (
    <>
      <MiniCallBar {...props} />
      <RoomWord />
    </>
  );
}
let seen: unknown[] = [];
function Participants() {
  const ref = useCall().people.find(({ person }) => person.id === bob.id)?.trackRefs?.camera;
  seen = [useParticipant(bob.id), ref?.participant, useParticipant(alice.id)];
  return null;
}
const components: CallComponentOverrides = { CallDock: Dock, MiniCallBar: Bar };

/** A conversation that can be closed: its call goes on in the bar. */
function Pages() {
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <button type="button" onClick={() => setOpen(false)}>
        Close the conversation
      </button>
      {isOpen ? <CallScreen conversationId="conv_1" /> : null}
      <CallMiniBar conversationId={null} />
      <CallOverlay />
    </>
  );
}

function Around() {
  useCountedMount('around');
  return null;
}

/** Alice and Bob talk over this room of LiveKit's, in an app with these slots. */
async function talkingIn(room: Room, slots: CallComponentOverrides | undefined, shown = page) {
  mounts = [];
  const kit = renderKit(
    <>
      <Around />
      {shown}
    </>,
    slots ? { components: slots } : {},
  );
  await kit.say({ type: 'snapshot', data: snapshot([activeView()]) });
  await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
  await kit.take('join').answer(entered(activeView({ revision: 3 })));
  await act(async () => kit.rooms[0]?.change({ liveKitRoom: room, people: peopleIn(room, new Map()) }));
  await kit.rooms[0]?.up();
  return kit;
}

test('slots of dock and mini bar are in the room of the call', async () => {
  await talkingIn(new Room(), components, <Pages />);
  await vi.waitFor(() => expect(screen.getByText('in the room')).toBeTruthy());
  expect(mounts.filter((name) => name === 'around')).toEqual(['around']);
  await act(async () => screen.getByText('Close the conversation').click());
  expect(screen.getByText('in the room')).toBeTruthy();
});

test('once the scope is loaded a slot is mounted once, from before the room until the connection is back', async () => {
  const kit = await talkingIn(new Room(), components);
  expect(mounts).toEqual(['around', 'dock']);
  await kit.rooms[0]?.lose();
  await act(async () => void window.dispatchEvent(new Event('online')));
  await kit.take('join').answer(entered(activeView({ revision: 7 })));
  const other = new Room();
  await act(async () => kit.rooms[1]?.change({ liveKitRoom: other }));
  await kit.rooms[1]?.up();
  expect(screen.getByText('in the room')).toBeTruthy();
  expect(mounts).toEqual(['around', 'dock']);
});

test('a call whose media is not LiveKit’s has no room', async () => {
  const kit = renderKit(page, { components });
  await kit.say({ type: 'snapshot', data: snapshot([activeView()]) });
  expect(screen.getByText('no room yet')).toBeTruthy();
});

test('an app that fills no slot has no scope around its surfaces, one that only hides some has none either', async () => {
  const surface = (
    <RoomScope>
      <RoomWord />
    </RoomScope>
  );
  for (const slots of [undefined, { ConnectionBanner: null }]) {
    await talkingIn(new Room(), slots, surface);
    expect(screen.getByText('no room yet')).toBeTruthy();
    cleanup();
    sessionStorage.clear();
  }
  await talkingIn(new Room(), components, surface);
  expect(screen.getByText('in the room')).toBeTruthy();
});

test('a surface that an app composes itself has the room inside LiveKitRoomScope', async () => {
  await talkingIn(
    new Room(),
    undefined,
    <LiveKitRoomScope>
      <RoomWord />
    </LiveKitRoomScope>,
  );
  expect(screen.getByText('in the room')).toBeTruthy();
});

test('a person’s tracks are LiveKit’s references, the same objects until one is published or withdrawn', async () => {
  const room = roomWith(`${bob.id}.phone`);
  const participant = room.remoteParticipants.get(`${bob.id}.phone`);
  if (!participant) throw new Error('Bob is in the room');
  const published = new Map<Track.Source, object>();
  Object.assign(participant, { getTrackPublication: (source: Track.Source) => published.get(source) });
  const refs = () => peopleIn(room, new Map()).get(bob.id)?.trackRefs;
  const before = refs();
  expect(before?.camera).toEqual({ participant, source: Track.Source.Camera });
  expect(refs()).toBe(before);
  const publication = {};
  published.set(Track.Source.Camera, publication);
  expect(refs()?.camera).toEqual({ participant, publication, source: Track.Source.Camera });
  expect(refs()?.microphone).toBe(before?.microphone);
  expect(refs()).toBe(refs());
  published.clear();
  expect(refs()?.camera.publication).toBeUndefined();
});

test('useParticipant and trackRefs lead to LiveKit’s participant of a person', async () => {
  const room = roomWith(`${bob.id}.phone`);
  const participant = room.remoteParticipants.get(`${bob.id}.phone`);
  if (!participant) throw new Error('Bob is in the room');
  Object.assign(participant, { getTrackPublication: () => undefined });
  await talkingIn(room, undefined, <Participants />);
  expect(seen).toEqual([participant, participant, null]);
});

test('the recipe’s tile is Parley’s where there is no picture', async () => {
  const kit = await ready();
  kit.unmount();
  render(
    <CallProvider {...kit.parts} components={liveKitTile}>
      {page}
    </CallProvider>,
  );
  await kit.say({ type: 'snapshot', data: snapshot() });
  await act(async () => screen.getByRole('button', { name: 'Call' }).click());
  await kit.take('start').answer(entered(callView()));
  await kit.rooms.at(-1)?.up();
  await kit.receiveCall(activeView());
  await vi.waitFor(() => expect(screen.getByText('Bob')).toBeTruthy());
});
