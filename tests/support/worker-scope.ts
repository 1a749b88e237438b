import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { root } from '@/scripts/paths.mjs';

type Shown = {
  title: string;
  tag: string;
  body?: string;
  silent?: boolean;
  requireInteraction?: boolean;
  actions?: { action: string; title: string }[];
  data: Record<string, unknown>;
  close(): void;
};
export type Window = { focused: boolean; visibilityState: 'visible' | 'hidden' };
type Handler = (event: Record<string, unknown>) => void;

/** What Parley answers the worker: a body, a status alone, or null where it can't be reached. */
type Answers = (address: string, how: RequestInit) => object | number | null;

const source = readFileSync(join(root, 'public/service-worker.js'), 'utf8');
const chromium = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';
export const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';

/** Runs the service worker among fakes of the browser: its notifications, its windows and its network. */
export function startWorker(answers: Answers, { userAgent = chromium }: { userAgent?: string } = {}) {
  const handlers = new Map<string, Handler>();
  const shown: Shown[] = [];
  const requests: { address: string; method: string; body: unknown }[] = [];
  const windows: (Window & { focus(): Promise<void>; postMessage(message: unknown): void })[] = [];
  const opened: string[] = [];
  const posted: unknown[] = [];
  const badges: number[] = [];
  const stored = new Map<string, Response>();
  let isSubscribed = true;
  const self = {
    navigator: { userAgent, setAppBadge: async (count: number) => void badges.push(count) },
    addEventListener: (type: string, handler: Handler) => handlers.set(type, handler),
    skipWaiting: () => undefined,
    clients: {
      claim: async () => undefined,
      matchAll: async () => windows,
      openWindow: async (address: string) => void opened.push(address),
    },
    registration: {
      async showNotification(title: string, options: Omit<Shown, 'title' | 'close'>) {
        const at = shown.findIndex(({ tag }) => tag === options.tag);
        if (at >= 0) shown.splice(at, 1);
        const one: Shown = { title, ...options, close: () => void shown.splice(shown.indexOf(one), 1) };
        shown.push(one);
      },
      getNotifications: async ({ tag }: { tag: string }) => shown.filter((one) => one.tag === tag),
      pushManager: {
        getSubscription: async () => ({
          unsubscribe: async () => {
            isSubscribed = false;
          },
        }),
      },
    },
  };
  const fetch = async (asked: string | { url: string }, how: RequestInit = {}) => {
    const address = typeof asked === 'string' ? asked : asked.url;
    const body = typeof how.body === 'string' ? JSON.parse(how.body) : null;
    requests.push({ address, method: how.method ?? 'GET', body });
    const answer = answers(address, how);
    if (answer === null) throw new TypeError('Failed to fetch');
    return typeof answer === 'number' ? new Response(null, { status: answer }) : Response.json(answer);
  };
  const caches = {
    open: async () => ({
      match: async (address: string) => stored.get(address)?.clone(),
      put: async (address: string, response: Response) => void stored.set(address, response),
    }),
  };
  runInNewContext(source, {
    self,
    fetch,
    caches,
    AbortSignal,
    Response,
    setTimeout,
    Promise,
    Map,
    Date,
    JSON,
  });

  /** Emits an event and waits for what it asked the browser to wait for. */
  async function emit(type: string, event: Record<string, unknown>): Promise<void> {
    const waits: unknown[] = [];
    handlers.get(type)?.({ ...event, waitUntil: (work: unknown) => waits.push(work) });
    await Promise.all(waits);
  }
  return {
    shown,
    requests,
    opened,
    posted,
    badges,
    isSubscribed: () => isSubscribed,
    push: (message: object) => emit('push', { data: { json: () => message } }),
    pushText: (text: string) => emit('push', { data: { json: () => JSON.parse(text) } }),
    click: (tag: string, action = '') => {
      const notification = shown.find((one) => one.tag === tag);
      return emit('notificationclick', { notification, action });
    },
    /** What the worker answers a request of a page; null: the browser loads it as if there was no worker. */
    load: async (mode: string): Promise<Response | null> => {
      let answer: Promise<Response> | null = null;
      const request = { url: 'https://parley.example.org/messages', mode };
      handlers.get('fetch')?.({
        request,
        respondWith: (response: Promise<Response>) => {
          answer = response;
        },
      });
      return answer;
    },
    message: (data: object) => emit('message', { data, ports: [] }),
    /** What a page is handed that asks what it was opened for. */
    ask: async () => {
      const answers: unknown[] = [];
      await emit('message', {
        data: { type: 'parley-accepted' },
        ports: [{ postMessage: (answer: unknown) => answers.push(answer) }],
      });
      return answers[0];
    },
    addWindow: (window: Window) =>
      void windows.push({
        ...window,
        focus: async () => undefined,
        postMessage: (message) => void posted.push(message),
      }),
  };
}
