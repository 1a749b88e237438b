import { type CallClient, CallError } from '@parley/call-kit';
import type { CallView, StreamEvent } from '@parley/call-protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallController } from '@/lib/call-ui/controller/call-controller';
import { entriesIn, trackCollections, trackListeners } from '../support/left-behind';
import { entered, FakeRoom } from './support/kit';
import { activeView, alice, bob, callView, incomingView, line, snapshot } from './support/views';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.resetModules();
  sessionStorage.clear();
});

/** A tab that stays open, its server, and a day of calls in it. */
async function openTab() {
  let hear = (_event: StreamEvent) => {};
  let revision = 10;
  let isAnswerLost = false;
  const next = (view: CallView): CallView => {
    revision += 1;
    return { ...view, revision };
  };
  const lost = new CallError('network', { title: 'No connection', detail: '' });
  let isOffline = false;
  const answer = async (view: CallView) => {
    if (isOffline) throw lost;
    return next(view);
  };
  const client = {
    start: async () => {
      isAnswerLost = !isAnswerLost;
      if (isAnswerLost) throw lost;
      return entered(next(callView({ id: current })));
    },
    accept: async () => entered(await answer(talk())),
    join: async () => entered(await answer(talk())),
    decline: () => answer(ended({ endReason: 'declined' })),
    confirmRinging: () => answer(ring()),
    leave: () => answer(ended({ endReason: 'completed' })),
    leaveByRequest: async () => null,
    get: () => answer(ended({})),
  } as unknown as CallClient;

  let current = '';
  let lastRoom: FakeRoom | null = null;
  const ring = () =>
    incomingView({
      id: current,
      myRing: { id: `ring_${current}`, msLeft: 60_000, isQuiet: false, ringerId: bob.id },
    });
  const talk = () => activeView({ id: current });
  const ended = (change: Partial<CallView>) =>
    callView({
      id: current,
      status: 'ended',
      endReason: 'missed',
      people: [line(alice, null, 'left'), line(bob, 'missed', null)],
      ...change,
    });
  const say = async (view: CallView) => {
    hear({ type: 'call', data: next(view) });
    await vi.advanceTimersByTimeAsync(0);
  };

  const { featuresOf } = await import('@/lib/call-ui/features');
  const { createCallController } = await import('@/lib/call-ui/controller/call-controller');
  const { createCallSound } = await import('@/lib/call-ui/sound/call-sound');
  const { createAttention } = await import('@/lib/call-ui/attention');
  const { afterPaint } = await import('@/lib/call-ui/after-paint');
  const controller: CallController = createCallController({
    resolver: () => undefined,
    features: featuresOf(client),
    client,
    loadInCall: () => import('@/lib/call-ui/controller/in-call'),
    events: {
      subscribe: (listener) => {
        hear = listener;
        return () => {};
      },
      state: () => 'open',
      onState: () => () => {},
      close: () => {},
    },
    self: alice,
    loadMedia: async () => ({
      createCallRoom: () => {
        const room = new FakeRoom();
        lastRoom = room;
        room.connect = async () => room.change({ connection: 'connected' });
        return room;
      },
    }),
    requestMicrophone: async () => ({ problem: 'missing' }),
    takeClientId: async () => 'tab-of-alice',
    makeSound: () => createCallSound(null),
    makeAttention: createAttention,
    isNarrow: () => false,
    afterPaint,
    onCallEvent: () => {},
    openConversation: () => {},
  });
  const stop = controller.run();
  hear({ type: 'snapshot', data: snapshot() });

  const kinds: (() => Promise<void>)[] = [
    // Declined here.
    async () => {
      await say(ring());
      controller.confirmShown(current, `ring_${current}`);
      controller.decline(current);
      await vi.advanceTimersByTimeAsync(10);
    },
    // Missed.
    async () => {
      await say(ring());
      controller.confirmShown(current, `ring_${current}`);
      await say(ended({}));
    },
    // Answered, talked, left; the card of how it ended goes by itself.
    async () => {
      await say(ring());
      controller.accept(current);
      await vi.advanceTimersByTimeAsync(10);
      controller.leave();
      await vi.advanceTimersByTimeAsync(10_000);
    },
    // A group call of others, which is suddenly removed from view.
    async () => {
      await say(talk());
      revision += 1;
      hear({ type: 'call', data: { id: current, revision, gone: true } });
    },
    // Started over a bad line, and ended by the other side.
    async () => {
      controller.start({ conversationId: 'conv_1' });
      await vi.advanceTimersByTimeAsync(400);
      await say(ended({ endReason: 'completed' }));
      await vi.advanceTimersByTimeAsync(10_000);
    },
  ];
  let count = 0;
  const live = async (calls: number) => {
    for (let more = 0; more < calls; more += 1) {
      count += 1;
      current = `call_${count}`;
      await kinds[count % kinds.length]?.();
    }
    await vi.advanceTimersByTimeAsync(60_000);
  };
  /** In a call whose connection is lost, with another one ringing that is declined, and no way to the server. */
  const strand = async () => {
    current = 'call_lost';
    await say(ring());
    controller.accept(current);
    await vi.advanceTimersByTimeAsync(10);
    isOffline = true;
    lastRoom?.change({ connection: 'disconnected', cause: 'lost' });
    current = 'call_ringing';
    await say(ring());
    controller.confirmShown(current, `ring_${current}`);
    controller.decline(current);
    await vi.advanceTimersByTimeAsync(400);
  };
  return { controller, stop, live, strand };
}

test('after thousands of calls a tab holds as much as after a few hundred', async () => {
  const collections = trackCollections();
  const listeners = trackListeners(window, document);
  const { controller, live } = await openTab();
  const look = async () => ({
    timers: vi.getTimerCount(),
    listeners: listeners.types(),
    state: entriesIn(controller.kit.state.get()),
  });
  await live(1000);
  const [before, entries] = [await look(), await collections.entries()];
  await live(2000);
  expect(await look()).toEqual(before);
  expect(controller.kit.state.get().entry).toBeNull();
  // Those of the test's own tools are among them.
  expect((await collections.entries()) - entries).toBeLessThan(20);
  // 3,000 calls take 3 to 4 s on a quiet machine.
});

test('a tab whose provider goes from the page leaves no listener and no timer, whatever was under way', async () => {
  const listeners = trackListeners(window, document);
  const { controller, stop, live, strand } = await openTab();
  const first = listeners.types();
  stop();
  expect(listeners.types()).toEqual([]);
  // StrictMode: the same controller runs, stops and runs again.
  const again = controller.run();
  expect(listeners.types()).toEqual(first);
  await live(5);
  await strand();
  expect(listeners.types().length).toBeGreaterThan(first.length);
  again();
  expect(listeners.types()).toEqual([]);
  // A tone that is cut off fades for a moment.
  await vi.advanceTimersByTimeAsync(200);
  expect(vi.getTimerCount()).toBe(0);
});
