import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CallStoreAction,
  callDurationMs,
  callStore,
  emptyCallStore,
  rejoinMsLeft,
  ringMsLeft,
} from '@/lib/call-ui/call-store';
import { activeView, alice, bob, callView, incomingView, line } from './support/views';

const viewsOf = (state: typeof emptyCallStore) =>
  Object.fromEntries([...state.calls].map(([id, held]) => [id, held.view.revision]));

/** Views and removals of a few calls, every revision used once as the server's counter does. */
const history = fc
  .array(fc.record({ id: fc.constantFrom('call_a', 'call_b', 'call_c'), isGone: fc.boolean() }), {
    maxLength: 12,
  })
  .map((items) =>
    items.map(
      ({ id, isGone }, revision): CallStoreAction =>
        isGone
          ? { type: 'gone', gone: { id, revision, gone: true } }
          : { type: 'view', view: callView({ id, revision }), at: 0 },
    ),
  );

test('views and removals that arrive in any order leave the same calls', () => {
  const shuffled = history.chain((actions) =>
    fc.tuple(fc.constant(actions), fc.shuffledSubarray(actions, { minLength: actions.length })),
  );
  fc.assert(
    fc.property(shuffled, ([inOrder, mixed]) => {
      expect(viewsOf(mixed.reduce(callStore, emptyCallStore))).toEqual(
        viewsOf(inOrder.reduce(callStore, emptyCallStore)),
      );
    }),
  );
});

test('hearing something twice changes nothing the second time', () => {
  fc.assert(
    fc.property(history, (actions) => {
      const once = actions.reduce(callStore, emptyCallStore);
      expect(viewsOf(actions.reduce(callStore, once))).toEqual(viewsOf(once));
    }),
  );
});

test('what a snapshot lacks is removed, whatever was known before', () => {
  fc.assert(
    fc.property(history, fc.subarray(['call_a', 'call_b']), (actions, ids) => {
      const before = actions.reduce(callStore, emptyCallStore);
      const views = ids.map((id) => callView({ id, revision: 100 }));
      const after = callStore(before, { type: 'snapshot', views, at: 0 });
      expect([...after.calls.keys()].sort()).toEqual([...ids].sort());
    }),
  );
});

test('a snapshot keeps my own call, so that its end can be asked for', () => {
  const before = callStore(emptyCallStore, { type: 'view', view: callView(), at: 0 });
  const after = callStore(before, {
    type: 'snapshot',
    views: [],
    at: 0,
    keepIds: new Set(['call_1', 'call_2']),
  });
  expect([...after.calls.keys()]).toEqual(['call_1']);
});

test('a snapshot that was read before an answer does not undo it', () => {
  const before = callStore(emptyCallStore, { type: 'view', view: activeView({ revision: 9 }), at: 0 });
  const after = callStore(before, { type: 'snapshot', views: [callView({ revision: 4 })], at: 0 });
  expect(after.calls.get('call_1')?.view.status).toBe('active');
});

test('an equal revision in a snapshot brings its milliseconds up to date', () => {
  const view = incomingView();
  const before = callStore(emptyCallStore, { type: 'view', view, at: 0 });
  const later = { ...view, myRing: view.myRing && { ...view.myRing, msLeft: 5000 } };
  const after = callStore(before, { type: 'snapshot', views: [later], at: 1000 });
  const held = after.calls.get('call_in');
  expect(held && ringMsLeft(held, 1000)).toBe(5000);
});

test('the same state comes back when nothing changed', () => {
  const state = callStore(emptyCallStore, { type: 'view', view: callView(), at: 0 });
  expect(callStore(state, { type: 'view', view: callView(), at: 5 })).toBe(state);
  expect(callStore(state, { type: 'forget', callId: 'call_other' })).toBe(state);
});

test('milliseconds left run down from the moment of receipt and stop at nothing', () => {
  const held = { view: incomingView(), receivedAt: 1000 };
  expect(ringMsLeft(held, 11_000)).toBe(50_000);
  expect(ringMsLeft(held, 100_000)).toBe(0);
  expect(ringMsLeft({ ...held, view: callView() }, 0)).toBeNull();
});

test('the rejoin time of a person runs down the same way', () => {
  const view = activeView({
    people: [line(alice, null, 'joined'), line(bob, 'accepted', 'rejoining', 15_000)],
  });
  const held = { view, receivedAt: 0 };
  expect(rejoinMsLeft(held, bob.id, 4000)).toBe(11_000);
  expect(rejoinMsLeft(held, alice.id, 4000)).toBeNull();
});

test('the duration grows while the call is active and stands still once it ended', () => {
  const active = { view: activeView({ elapsedMs: 5000 }), receivedAt: 100 };
  expect(callDurationMs(active, 1100)).toBe(6000);
  const ended = {
    view: activeView({ elapsedMs: 5000, status: 'ended', endReason: 'completed' }),
    receivedAt: 100,
  };
  expect(callDurationMs(ended, 9999)).toBe(5000);
});
