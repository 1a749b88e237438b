import type { CallView, ConversationView, StreamEvent, UserView } from '@parley/call-protocol';
import { onTestFinished, vi } from 'vitest';
import { assembleDeps } from '@/lib/composition-root';
import { type AppDeps, setDeps } from '@/lib/deps';
import { makeLog } from '@/lib/log';
import type { Wire } from '@/lib/realtime/wire';
import { makeDatabaseLease } from '@/lib/servers/database-lease';
import type { Servers } from '@/lib/servers/join-servers';
import { makeSharedClock } from '@/lib/servers/shared-clock';
import type { Viewer } from '@/lib/viewer';
import { askRoute, type RouteName } from './ask-route';
import { makeTestApp } from './make-test-deps';

/** One open stream: what it was sent, as a client would keep it. */
export type OpenStream = {
  events: StreamEvent[];
  calls: Map<string, CallView>;
  users: Map<string, UserView>;
  conversations: Map<string, ConversationView>;
  isClosed: () => boolean;
  drop: () => void;
};

/** Two server processes of one community, over one database and one LiveKit, each with a clock of its own. */
export async function makeTwoServers(plug: (which: 'a' | 'b') => { wire: Wire; client?: object }) {
  const app = await makeTestApp();
  const time = { ms: 0 };
  const make = (serverId: 'a' | 'b', wallAheadMs: number) => {
    const { wire, client } = plug(serverId);
    const clock = makeSharedClock({
      monotonic: () => time.ms,
      wallNow: () => app.clock.wallNow() + time.ms + wallAheadMs,
    });
    const log = makeLog('silent');
    const lease = makeDatabaseLease({ store: app.deps, holder: serverId, clock, log });
    const servers: Servers = {
      serverId,
      wire,
      lease,
      clock,
      limits: { client: client ?? { isReady: false }, prefix: 'test' },
      leave: async () => undefined,
    };
    const { db, transaction, commits, ping, close, env, media, readWebhook } = app.deps;
    const store = { db, transaction, commits, ping, close };
    const deps = assembleDeps({ store, log, env, clock, media, readWebhook, servers });
    onTestFinished(() => deps.closeRealtime());
    return { deps, lease, clock, open: (viewer: Viewer) => openStream(deps, viewer) };
  };
  const [a, b] = [make('a', 0), make('b', 7000)];
  await a.lease.look();
  await pass(2000);

  /** True time passes for both, in looks at the lease and ticks of the link. */
  async function pass(ms: number, ...alive: (typeof a)[]): Promise<void> {
    const running = alive.length > 0 ? alive : [a, b];
    for (const end = time.ms + ms; time.ms < end; ) {
      const step = Math.min(500, end - time.ms);
      time.ms += step;
      if (vi.isFakeTimers()) vi.advanceTimersByTime(step);
      for (const { lease, deps } of running) {
        await lease.look();
        if (time.ms % 1000 === 0) deps.link?.tick();
      }
      await settle();
    }
  }

  return {
    app,
    a,
    b,
    pass,
    /** Asks a route of this server. */
    ask(server: { deps: AppDeps }, name: RouteName, viewer: Viewer, given?: Parameters<typeof askRoute>[3]) {
      setDeps(server.deps);
      return askRoute(app, name, viewer, given);
    },
  };
}

/** What was scheduled runs: reads of streams, presence that is announced. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function openStream({ fanOut }: AppDeps, viewer: Viewer): OpenStream {
  const events: StreamEvent[] = [];
  const [calls, users, conversations] = [
    new Map<string, CallView>(),
    new Map<string, UserView>(),
    new Map<string, ConversationView>(),
  ];
  let isClosed = false;
  const keep = <T extends { id: string }>(map: Map<string, T>, view: T | { id: string; gone: true }) => {
    if ('gone' in view) map.delete(view.id);
    else map.set(view.id, view);
  };
  const { drop } = fanOut.open(viewer, {
    send(event) {
      events.push(event);
      if (event.type === 'snapshot') {
        for (const map of [calls, users, conversations]) map.clear();
        for (const view of event.data.calls) keep(calls, view);
        for (const view of event.data.users) keep(users, view);
        for (const view of event.data.conversations) keep(conversations, view);
      }
      if (event.type === 'call') keep(calls, event.data);
      if (event.type === 'conversation') keep(conversations, event.data);
      if (event.type === 'users') for (const view of event.data) keep(users, view);
    },
    close: () => {
      isClosed = true;
    },
  });
  return { events, calls, users, conversations, isClosed: () => isClosed, drop };
}
