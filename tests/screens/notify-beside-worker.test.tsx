import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { notifyBesideWorker } from '@/app/(community)/_push/notify-beside-worker';

let shown: string[];
let byWorker: object[];
let posted: unknown[];
let workers: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  shown = [];
  byWorker = [];
  posted = [];
  const active = { postMessage: (message: unknown) => void posted.push(message) };
  const registration = { active, getNotifications: async () => byWorker };
  workers = Object.assign(new EventTarget(), {
    getRegistration: async () => registration,
    ready: Promise.resolve(registration),
  });
  Object.defineProperty(navigator, 'serviceWorker', { value: workers, configurable: true });
  class Shown {
    static readonly permission = 'granted';
    readonly title: string;
    constructor(title: string) {
      this.title = title;
      shown.push(title);
    }
    close() {
      shown.splice(shown.indexOf(this.title), 1);
    }
  }
  vi.stubGlobal('Notification', Shown);
  vi.stubGlobal('reportError', (error: unknown) => {
    throw error;
  });
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  localStorage.setItem('parley-push', 'user_me');
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'serviceWorker');
  localStorage.clear();
});

const workerShows = () =>
  workers.dispatchEvent(new MessageEvent('message', { data: { type: 'parley-shown', about: 'call_1' } }));

test('a browser that is not rung by push notifies at once', () => {
  localStorage.clear();
  const notice = notifyBesideWorker('user_me', 'call_1', 'Alice is calling');
  expect(shown).toEqual(['Alice is calling']);
  notice.stop();
  expect(shown).toEqual([]);
});

test('what another person switched on here is not this person’s', () => {
  notifyBesideWorker('user_other', 'call_1', 'Alice is calling').stop();
  expect(posted).toEqual([]);
});

test('where the worker shows the ring, the page does not', async () => {
  const notice = notifyBesideWorker('user_me', 'call_1', 'Alice is calling');
  byWorker = [{}];
  await vi.advanceTimersByTimeAsync(60_000);
  expect(shown).toEqual([]);
  notice.stop();
});

test('where no push comes, the page notifies, in the words of by then', async () => {
  const notice = notifyBesideWorker('user_me', 'call_1', 'Someone is calling');
  notice.rename('Alice is calling');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(shown).toEqual(['Alice is calling']);
  workerShows();
  expect(shown, 'after a push that came late').toEqual([]);
  notice.stop();
});

test('a ring that ends is taken from the worker’s notification at once, and is not shown later', async () => {
  const notice = notifyBesideWorker('user_me', 'call_1', 'Alice is calling');
  notice.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(posted).toEqual([{ type: 'parley-close', about: 'call_1' }]);
  expect(shown).toEqual([]);
});
