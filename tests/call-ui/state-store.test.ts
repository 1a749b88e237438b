import { expect, test, vi } from 'vitest';
import { createStateStore } from '@/lib/call-ui/controller/state-store';

const first = { count: 0, name: 'a', list: [1] as readonly number[] };

test('a piece of the state has one owner: claiming it a second time throws', () => {
  const { claim } = createStateStore(first);
  claim('count');
  expect(() => claim('name', 'count')).toThrow('Two owners of count.');
});

test('an owner changes its pieces and leaves the identity of the others', () => {
  const { state, claim } = createStateStore(first);
  const counter = claim('count');
  const before = state.get();
  counter.set({ count: 1 });
  expect(state.get()).toEqual({ ...first, count: 1 });
  expect(before.count).toBe(0);
  expect(state.get().list).toBe(first.list);
});

test('a write of the same value calls no listener', () => {
  const { state, claim } = createStateStore(first);
  const listener = vi.fn();
  state.subscribe(listener);
  claim('count').set({ count: 0 });
  expect(listener).not.toHaveBeenCalled();
});

test('a batch calls each listener once, when all owners have written', () => {
  const { state, claim } = createStateStore(first);
  const [counter, label] = [claim('count'), claim('name')];
  const seen: unknown[] = [];
  state.subscribe(() => seen.push({ ...state.get() }));
  state.batch(() => {
    counter.set({ count: 1 });
    state.batch(() => label.set({ name: 'b' }));
    expect(state.get().count).toBe(1);
  });
  expect(seen).toEqual([{ ...first, count: 1, name: 'b' }]);
});

test('a batch that throws still shows what was written', () => {
  const { state, claim } = createStateStore(first);
  const counter = claim('count');
  const listener = vi.fn();
  state.subscribe(listener);
  expect(() =>
    state.batch(() => {
      counter.set({ count: 1 });
      throw new Error('half way');
    }),
  ).toThrow('half way');
  counter.set({ count: 2 });
  expect(listener).toHaveBeenCalledTimes(2);
});

test('a hold keeps listeners still, and what has changed meanwhile is one change', () => {
  const { state, claim } = createStateStore(first);
  const counter = claim('count');
  const listener = vi.fn();
  state.subscribe(listener);
  const release = state.hold(() => true);
  counter.set({ count: 1 });
  counter.set({ count: 2 });
  expect([state.get().count, listener.mock.calls.length]).toEqual([2, 0]);
  release();
  release();
  expect(listener).toHaveBeenCalledTimes(1);
});

test('a hold ends with the first state that it does not agree with, and asks about no half of a batch', () => {
  const { state, claim } = createStateStore(first);
  const [counter, label] = [claim('count'), claim('name')];
  const listener = vi.fn();
  state.subscribe(listener);
  state.hold(({ count, name }) => name === 'a' || count === 0);
  counter.set({ count: 1 });
  state.batch(() => {
    label.set({ name: 'b' });
    counter.set({ count: 0 });
  });
  expect(listener).not.toHaveBeenCalled();
  counter.set({ count: 3 });
  counter.set({ count: 4 });
  expect(listener).toHaveBeenCalledTimes(2);
});
