import type { StreamEvent } from '@parley/call-protocol';
import { onTestFinished, vi } from 'vitest';
import { createEventSource } from '@/lib/call-ui/events/create-event-source';
import { createAir, createLocks, createStreamServer } from './tabs';

export type BrowserGives = { locks?: LockManager | null; hasChannels?: boolean };

/** One browser with one server; every tab subscribes and keeps its events until the test ends. */
export function browser({ locks = createLocks(), hasChannels = true }: BrowserGives = {}) {
  const server = createStreamServer();
  const air = createAir();
  function tab(userId?: string) {
    const heard: StreamEvent[] = [];
    let freeze = () => {};
    let isInFront = false;
    const frontListeners = new Set<() => void>();
    const page = new EventTarget();
    const source = createEventSource({
      page,
      front: {
        isInFront: () => isInFront,
        onChange: (listener) => {
          frontListeners.add(listener);
          return () => frontListeners.delete(listener);
        },
      },
      ...(userId ? { userId } : {}),
      fetch: server.fetch,
      locks,
      openChannel: (name) => {
        if (!hasChannels) return null;
        const ear = air.open(name);
        freeze = ear.freeze;
        return ear.channel;
      },
      random: () => 1,
    });
    onTestFinished(() => source.close());
    source.subscribe((event) => heard.push(event));
    const putInFront = (is: boolean) => {
      isInFront = is;
      for (const listener of frontListeners) listener();
    };
    return {
      source,
      heard,
      freeze: () => freeze(),
      page,
      putInFront,
      types: () => heard.map((event) => event.type),
    };
  }
  return { server, tab, settle: () => vi.advanceTimersByTimeAsync(0) };
}

/** A problem as Parley's server sends it, or, with a code of its own, as another program does. */
export const problem = (code: string, status: number, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ type: 'about:blank', title: 'No', status, code, requestId: 'r' }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
