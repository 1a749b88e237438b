import {
  type CallClient,
  CallError,
  type CallEvent,
  CallProvider,
  type CallProviderProps,
  type EventFeedState,
  type KitEvent,
  type SentCallView,
} from '@parley/call-kit';
import type { CallView, CallWithMedia, StreamEvent } from '@parley/call-protocol';
import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { loadCallParts } from '@/lib/call-ui/components/load-call-parts';
import type { CallRoom, OtherDevice, RoomState, VoiceMeasure } from '@/lib/call-ui/media/media-types';
import type { MicrophoneAnswer } from '@/lib/call-ui/media/request-microphone';
import type { WantedSound } from '@/lib/call-ui/sound/call-sound';
import { alice } from './views';

/** A page loads them once it has settled. */
await loadCallParts();

type Command = {
  name: string;
  args: unknown[];
  answer: (value: unknown) => Promise<void>;
  refuse: (error: CallError) => Promise<void>;
};

/** A server that a test answers by hand: every command waits in `asked`. */
export function createFakeClient() {
  const asked: Command[] = [];
  const ask =
    (name: string) =>
    (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        asked.push({
          name,
          args,
          answer: (value) => act(async () => resolve(value)),
          refuse: (error) => act(async () => reject(error)),
        });
      });
  const names = [
    'start',
    'accept',
    'join',
    'move',
    'confirmRinging',
    'preconnect',
    'decline',
    'reply',
    'leave',
    'leaveByRequest',
    'ring',
    'stopRing',
    'raiseHand',
    'react',
    'askReception',
    'reportReception',
    'get',
  ];
  const client = Object.fromEntries(names.map((name) => [name, ask(name)])) as unknown as CallClient;
  /** The oldest unanswered command of a name; taken out. */
  const take = (name: string): Command => {
    const index = asked.findIndex((command) => command.name === name);
    const [command] = index < 0 ? [] : asked.splice(index, 1);
    if (!command)
      throw new Error(
        `no ${name} was asked; only ${asked.map((other) => other.name).join(', ') || 'nothing'}`,
      );
    return command;
  };
  return { client, take, has: (name: string) => asked.some((command) => command.name === name) };
}

/** A media connection that a test moves through its states. */
export class FakeRoom implements CallRoom {
  listeners = new Set<() => void>();
  isClosed = false;
  published: MediaStreamTrack[] = [];
  connecting: { resolve: () => void; reject: (error: Error) => void } | null = null;
  private now: RoomState = {
    connection: 'connecting',
    cause: null,
    people: new Map(),
    isMicrophoneOn: false,
    hasMicrophone: false,
    isCameraOn: false,
    blurProblem: null,
    isScreenOn: false,
    canPlaySound: true,
    isTalkingWhileMuted: false,
    deviceNews: null,
    unplugged: new Set(),
  };
  state = () => this.now;
  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  change(next: Partial<RoomState>) {
    this.now = { ...this.now, ...next };
    for (const listener of [...this.listeners]) listener();
  }
  /** What the person's other device sends, which a moved call finds in the room. */
  otherDevice: OtherDevice | null = null;
  private onArrived: ((other: OtherDevice | null) => void) | undefined;
  connect: CallRoom['connect'] = (_access, onArrived) => {
    this.onArrived = onArrived;
    return new Promise<void>((resolve, reject) => (this.connecting = { resolve, reject }));
  };
  up = () =>
    act(async () => {
      this.onArrived?.(this.otherDevice);
      this.change({ connection: 'connected' });
      this.connecting?.resolve();
    });
  lose = () => act(async () => this.change({ connection: 'disconnected', cause: 'lost' }));
  publishMicrophone = async (track: MediaStreamTrack) => {
    this.published.push(track);
    this.change({ hasMicrophone: true, isMicrophoneOn: this.isWanted });
  };
  private isWanted = true;
  setMicrophone = async (isWanted: boolean) => {
    this.isWanted = isWanted;
    if (this.now.hasMicrophone) this.change({ isMicrophoneOn: isWanted });
  };
  closeMicrophone = () => {};
  setNoiseFilter = () => {};
  setBackgroundBlur = async (_isChosen: boolean) => {};
  forgetBlurProblem = () => this.change({ blurProblem: null });
  setCamera = async (isCameraOn: boolean) => this.change({ isCameraOn });
  setScreen = async (isScreenOn: boolean) => this.change({ isScreenOn });
  flipCamera = async () => {};
  switchDevice: CallRoom['switchDevice'] = async () => {};
  /** By user id; the sound of a screen by user id and the word. */
  volumes = new Map<string, number>();
  setVolume: CallRoom['setVolume'] = (userId, kind, volume) =>
    void this.volumes.set(kind === 'voice' ? userId : `${userId} screen`, volume);
  startSound = async () => {};
  measured: VoiceMeasure = { sentPerSecond: 0, roundTripMs: null, lossPercents: new Map() };
  measureVoices = async () => this.measured;
  microphoneTrack = () => this.published[0] ?? null;
  close = () => {
    this.isClosed = true;
  };
}

export function fakeTrack() {
  const stop = () => {
    track.isStopped = true;
  };
  const track = { enabled: true, isStopped: false, stop };
  return track;
}

/**
 * The provider with everything around it under the test's control.
 *
 * @param lacking commands that the client does not have
 * @param media `preconnects`: a callee may be connected while it rings
 */
export function renderKit(
  children: ReactNode,
  props: Partial<CallProviderProps> = {},
  lacking: readonly (keyof CallClient)[] = [],
  { preconnects = false } = {},
) {
  const { client, take, has } = createFakeClient();
  for (const command of lacking) Reflect.deleteProperty(client, command);
  const listeners = new Set<(event: KitEvent) => void>();
  const stateListeners = new Set<(state: EventFeedState) => void>();
  const rooms: FakeRoom[] = [];
  const events: CallEvent[] = [];
  const opened: string[] = [];
  const sounds: WantedSound[] = [];
  const track = fakeTrack();
  const world = {
    microphone: { track } as unknown as MicrophoneAnswer,
    /** Opens a microphone; by default `microphone`, at once. */
    ask: async () => world.microphone,
    /** Changes a connection before the call uses it. */
    prepareRoom: (_room: FakeRoom) => {},
    isBlocked: false,
    playRingtone: () => () => {},
    /** Nothing is painted here, so there is nothing to wait for. */
    afterPaint: (work: () => void) => {
      work();
      return () => {};
    },
    /** The title that a ring shows outside the page. */
    outside: null as string | null,
    mediaLoads: 0,
  };
  const parts: Omit<CallProviderProps, 'children'> = {
    client,
    events: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      state: () => 'open',
      onState: (listener) => {
        stateListeners.add(listener);
        return () => stateListeners.delete(listener);
      },
      close: () => {},
    },
    self: alice,
    onCallEvent: (event) => events.push(event),
    openConversation: (id) => opened.push(id),
    loadMedia: Object.assign(
      async () => {
        world.mediaLoads += 1;
        return {
          createCallRoom: () => {
            const room = new FakeRoom();
            world.prepareRoom(room);
            rooms.push(room);
            return room;
          },
        };
      },
      { preconnects },
    ),
    environment: {
      afterPaint: (work) => world.afterPaint(work),
      requestMicrophone: () => world.ask(),
      takeClientId: async () => 'tab-of-alice',
      makeSound: () => ({
        want: (sound) => {
          if (sounds.at(-1) !== sound) sounds.push(sound);
        },
        isBlocked: () => world.isBlocked,
        isOwnTurn: () => false,
        onChange: () => () => {},
        setRinger: () => {},
        unblock: () => {},
        play: () => world.playRingtone(),
        testSpeaker: async () => {},
        close: () => {},
      }),
      makeAttention: () => ({
        ring: (hint) => {
          world.outside = hint?.title ?? null;
        },
        keepAwake: () => {},
        close: () => {},
      }),
    },
  };
  const view = render(
    <CallProvider {...parts} {...props}>
      {children}
    </CallProvider>,
  );
  const say = (...said: (KitEvent | StreamEvent)[]) =>
    act(async () => {
      for (const event of said) for (const listener of [...listeners]) listener(event);
    });
  const stream = (state: EventFeedState) =>
    act(async () => {
      for (const listener of stateListeners) listener(state);
    });
  const receiveCall = (call: SentCallView) => say({ type: 'call', data: call });
  return { ...view, parts, take, has, say, receiveCall, stream, rooms, events, opened, sounds, track, world };
}

export const entered = (call: CallView): CallWithMedia => ({
  call,
  media: { url: 'ws://media', token: 't' },
});
export const refusal = (
  code: ConstructorParameters<typeof CallError>[0],
  title: string,
  detail = '',
  extra = {},
) => new CallError(code, { title, detail }, extra);
