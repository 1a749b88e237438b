import { afterEach, it, onTestFinished, vi } from 'vitest';
import { callStore, emptyCallStore, ringMsLeft } from '@/lib/call-ui/call-store';
import { clockNow, wokeAt } from '@/lib/call-ui/clock';
import { firstKitState, incomingCalls } from '@/lib/call-ui/controller/kit-state';
import { createEventSource } from '@/lib/call-ui/events/create-event-source';
import { startCall } from '@/lib/calls/commands/start-call';
import { readCall } from '@/lib/calls/reads/read-calls';
import { systemClock } from '@/lib/clock';
import { callIdSchema } from '@/lib/ids';
import { routes } from '@/lib/routes/registry';
import { faultCase } from '../support/fault-case';
import { tabOf, twoPeople } from '../support/in-process-call';
import { ownOrigin } from '../support/make-test-deps';
import { runRoute } from '../support/run-route';
import { waitFor } from '../support/wait-for';

const openStream = routes['GET /api/events'];

const fault = faultCase(24);
const hourMs = 3_600_000;

afterEach(() => vi.useRealTimers());

async function ringingOnTheSystemsClock() {
  const world = await twoPeople({ CALL_RING_SECONDS: '60' });
  // The product's own clock instead of the test's.
  world.app.deps.clock = systemClock;
  const { call } = await startCall(world.app.deps, world.alice, {
    target: { conversationId: world.direct },
    requestId: null,
    clientId: tabOf(world.alice),
    switchFrom: null,
  });
  return { ...world, callId: callIdSchema.parse(call.id) };
}

it('the server’s clock steps back an hour mid-ring, and the ring is as long as before within 1 s', async () => {
  const { app, bob, callId } = await ringingOnTheSystemsClock();
  const before = (await readCall(app.deps, bob.userId, callId))?.myRing?.msLeft ?? 0;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - hourMs });
  fault.did('the server’s wall clock steps back one hour');
  const after = (await readCall(app.deps, bob.userId, callId))?.myRing?.msLeft ?? 0;
  fault.within('change of the time that is left', 1000, Math.abs(before - after));
});

it.each([
  ['a day ahead', 24 * hourMs],
  ['a day behind', -24 * hourMs],
])('a browser whose clock is %s rings for the same time within 1 s', async (which, offsetMs) => {
  const { app, bob, callId } = await ringingOnTheSystemsClock();
  const view = await readCall(app.deps, bob.userId, callId);
  if (!view) throw new Error('Bob sees no call');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offsetMs });
  fault.did(`Bob’s browser runs ${which}`);
  const at = performance.now();
  const held = callStore(emptyCallStore, { type: 'view', view, at }).calls.get(callId);
  const shown = held ? (ringMsLeft(held, at + 10_000) ?? 0) : 0;
  fault.within('error of the ring after 10 s', 1000, Math.abs((view.myRing?.msLeft ?? 0) - 10_000 - shown));
});

/** Bob's browser: the kit's own stream from the app's route, and what of it rings. */
async function bobsBrowser({ app, bob }: Pick<Awaited<ReturnType<typeof twoPeople>>, 'app' | 'bob'>) {
  const cookie = await app.cookieOf(bob);
  let store = emptyCallStore;
  const source = createEventSource({
    url: `${ownOrigin}/api/events`,
    front: { isInFront: () => true, onChange: () => () => {} },
    locks: null,
    fetch: (url, init) => runRoute(openStream, new Request(url, { ...init, headers: { cookie } })),
  });
  onTestFinished(() => source.close());
  source.subscribe((event) => {
    if (event.type === 'snapshot')
      store = callStore(store, { type: 'snapshot', views: event.data.calls, at: clockNow() });
  });
  /** Milliseconds for which it still rings; null while it is silent. */
  return (): number | null => {
    const now = clockNow();
    const held = incomingCalls({ ...firstKitState, store, wokeAt: wokeAt() }, now)[0];
    return held ? ringMsLeft(held, now) : null;
  };
}

it.each([
  ['a day ahead', 24 * hourMs],
  ['a day behind', -24 * hourMs],
])(
  'a browser whose clock is set %s mid-ring rings on, for the same time within 1 s',
  async (which, stepMs) => {
    const world = await ringingOnTheSystemsClock();
    const shown = await bobsBrowser(world);
    await waitFor('the ring', () => shown() !== null, 5000);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + stepMs });
    fault.did(`the clock of Bob’s browser is set ${which}`);
    fault.within('silence after the step', 2000, await waitFor('the ring', () => shown() !== null, 5000));
    const right = (await readCall(world.app.deps, world.bob.userId, world.callId))?.myRing?.msLeft ?? 0;
    fault.within('error of the ring after the step', 1000, Math.abs(right - (shown() ?? Infinity)));
  },
);
