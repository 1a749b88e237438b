import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallWithMedia, StreamEvent } from '@parley/call-protocol';
import type { Locker } from '@/db/locker';
import { openStore } from '@/db/open-store';
import * as tables from '@/db/schema';
import type { Store } from '@/db/store';
import { type CallStoreState, callStore, emptyCallStore } from '@/lib/call-ui/call-store';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { handleMediaEvent } from '@/lib/calls/jobs/handle-media-event';
import { healCalls } from '@/lib/calls/jobs/heal-calls';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { resumeCalls } from '@/lib/calls/jobs/resume-calls';
import type { Clock } from '@/lib/clock';
import { assembleDeps } from '@/lib/composition-root';
import type { AppDeps } from '@/lib/deps';
import { readEnv } from '@/lib/env';
import type { ClientId, ConversationId, SignInId, UserId } from '@/lib/ids';
import { makeLog } from '@/lib/log';
import type { MediaEvent, MediaIdentity } from '@/lib/media/media-server';
import type { Viewer } from '@/lib/viewer';
import { type FakeMediaServer, makeFakeMediaServer } from '../support/fake-media-server';
import { settle } from '../support/settle';
import { makeTestDatabase, type TestDatabase } from '../support/test-database';

export const names = ['alice', 'bob', 'carol', 'dave'] as const;
export type Name = (typeof names)[number];
export const tabs = ['one', 'two'] as const;
export type Tab = (typeof tabs)[number];
export const ringMs = 60_000;
export const rejoinMs = 15_000;

export const userIdOf = (name: Name) => `user_${name}` as UserId;
export const clientIdOf = (name: Name, tab: Tab) => `client-${name}-${tab}` as ClientId;
/** Each tab is a browser of its own, with its own sign-in. */
export const viewerOf = (name: Name, tab: Tab = 'one'): Viewer => ({
  userId: userIdOf(name),
  signInId: `signin_${name}_${tab}` as SignInId,
  isOperator: false,
});

/** The conversations of the world; Alice and Dave have none. */
export const places = {
  aliceBob: { id: 'conv_ab' as ConversationId, members: ['alice', 'bob'], kind: 'direct' },
  bobCarol: { id: 'conv_bc' as ConversationId, members: ['bob', 'carol'], kind: 'direct' },
  trip: { id: 'conv_trip' as ConversationId, members: ['alice', 'bob', 'carol'], kind: 'group' },
} as const satisfies Record<
  string,
  { id: ConversationId; members: readonly Name[]; kind: 'direct' | 'group' }
>;
export type Place = keyof typeof places;

class WorldClock implements Clock {
  ms = 1_000_000_000_000;
  now = () => this.ms;
  wallNow = () => this.ms;
}

type Connected = { room: string; identity: MediaIdentity };

/**
 * A small community on a real database, with a media server, time and browsers that the test
 * drives. Webhooks wait in `webhooks` until the test delivers, doubles, reorders or loses them.
 */
export class World {
  readonly clock = new WorldClock();
  readonly media: FakeMediaServer;
  readonly webhooks: MediaEvent[] = [];
  /** What each tab got for entering, until it has connected with it. */
  readonly passes = new Map<ClientId, CallWithMedia>();
  readonly connected = new Map<ClientId, Connected>();
  deps: AppDeps;
  readonly #database: TestDatabase;
  readonly #folder: string;
  #store: Store;
  /** LiveKit has answered this process; call-timers.ts keeps the same. */
  #hasAnswered = false;
  #isHealed = false;
  readonly #streams = new Map<Name, { state: CallStoreState; drop: () => void }>();

  private constructor(
    folder: string,
    database: TestDatabase,
    readonly lock?: Locker,
  ) {
    this.#folder = folder;
    this.#database = database;
    this.#store = openStore(database.place, this.lock);
    this.media = makeFakeMediaServer({ now: this.clock.now });
    this.media.onEvent((event) => this.webhooks.push(event));
    this.deps = this.#assemble();
  }

  /** @param lock as in `openStore` */
  static async make(lock?: Locker): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-model-'));
    const world = new World(folder, await makeTestDatabase(folder), lock);
    await world.reset();
    return world;
  }

  #assemble(): AppDeps {
    const env = readEnv({
      PARLEY_SECRET: 'x'.repeat(32),
      LIVEKIT_URL: 'ws://127.0.0.1:1',
      LIVEKIT_API_KEY: 'key',
      LIVEKIT_API_SECRET: 'y'.repeat(32),
      CALL_RING_SECONDS: String(ringMs / 1000),
      CALL_REJOIN_SECONDS: String(rejoinMs / 1000),
    });
    const readWebhook = () => Promise.reject(new Error('the world delivers events itself'));
    return assembleDeps({
      store: this.#store,
      log: makeLog('silent'),
      env,
      clock: this.clock,
      media: this.media,
      readWebhook,
    });
  }

  /** Empties the world and fills it anew; the same database file serves every sequence. */
  async reset(): Promise<void> {
    this.deps.closeRealtime();
    this.#streams.clear();
    this.webhooks.length = 0;
    this.passes.clear();
    this.connected.clear();
    // Going down forgets every room and connection.
    this.media.goDown();
    this.media.comeBack();
    this.#hasAnswered = true;
    this.deps = this.#assemble();
    const createdAt = this.clock.wallNow();
    await this.#store.transaction(async (tx) => {
      for (const table of [
        tables.callTriggers,
        tables.callLog,
        tables.outcomeTotals,
        tables.startRequests,
        tables.webhookDeliveries,
        tables.participations,
        tables.rings,
        tables.messages,
        tables.calls,
        tables.members,
        tables.conversations,
        tables.blocks,
        tables.signIns,
        tables.links,
        tables.users,
      ])
        await tx.delete(table);
      for (const [index, name] of names.entries()) {
        await tx.insert(tables.users).values({
          id: userIdOf(name),
          username: name,
          displayName: name,
          passwordHash: '-',
          messagePermission: 'everyone',
          callPermission: 'everyone',
          joinNumber: index + 1,
          createdAt,
        });
        for (const tab of tabs) {
          const { signInId, userId } = viewerOf(name, tab);
          await tx.insert(tables.signIns).values({ id: signInId, userId, createdAt });
        }
      }
      for (const [index, { id, members, kind }] of Object.values(places).entries()) {
        const pair = kind === 'direct' ? members.map(userIdOf).sort().join(':') : null;
        await tx.insert(tables.conversations).values({
          id,
          kind,
          title: kind === 'group' ? 'Trip' : null,
          directPair: pair,
          groupNumber: kind === 'group' ? index + 1 : null,
          createdAt,
          lastActivityAt: createdAt,
        });
        await tx
          .insert(tables.members)
          .values(
            members.map((name) => ({ conversationId: id, userId: userIdOf(name), joinedAt: createdAt })),
          );
      }
    });
  }

  /** The process dies and a new one opens the same file: streams and everything in memory are lost. */
  async restart(): Promise<void> {
    for (const name of names) this.closeStream(name);
    this.deps.closeRealtime();
    await this.#store.close();
    this.#store = openStore(this.#database.place, this.lock);
    this.deps = this.#assemble();
    this.#hasAnswered = false;
    this.#isHealed = false;
    await resumeCalls(this.deps);
    await this.tick();
  }

  /** Opens this person's event stream and feeds the kit's own store with it. */
  openStream(name: Name): void {
    if (this.#streams.has(name)) return;
    const held = { state: emptyCallStore, drop: () => {} };
    const take = (event: StreamEvent) => {
      const at = this.clock.now();
      if (event.type === 'snapshot')
        held.state = callStore(held.state, { type: 'snapshot', views: event.data.calls, at });
      if (event.type === 'call') {
        held.state =
          'gone' in event.data
            ? callStore(held.state, { type: 'gone', gone: event.data })
            : callStore(held.state, { type: 'view', view: event.data, at });
      }
    };
    this.#streams.set(name, held);
    held.drop = this.deps.fanOut.open(viewerOf(name), { send: take, close: () => {} }).drop;
  }

  closeStream(name: Name): void {
    this.#streams.get(name)?.drop();
    this.#streams.delete(name);
  }

  /** The live calls that this person's browser shows, or null without a stream. */
  shownTo(name: Name): { id: string; status: string; revision: number }[] | null {
    const held = this.#streams.get(name);
    if (!held) return null;
    return [...held.state.calls.values()]
      .map(({ view }) => ({ id: view.id, status: view.status, revision: view.revision }))
      .filter((one) => one.status !== 'ended')
      .sort((a, b) => a.id.localeCompare(b.id));
  }

  /** The tab connects to LiveKit with what it was given; LiveKit may refuse. */
  connect(client: ClientId): void {
    const pass = this.passes.get(client);
    if (!pass) return;
    this.passes.delete(client);
    try {
      const { room, identity } = this.media.connectWith(pass.media.token);
      this.connected.set(client, { room, identity });
    } catch {
      // The room was deleted, the token is too old or LiveKit is down: this tab stays outside.
    }
  }

  disconnect(client: ClientId): void {
    const found = this.connected.get(client);
    if (found) this.media.disconnect(found.room, found.identity);
    this.connected.delete(client);
  }

  async deliver(event: MediaEvent): Promise<void> {
    await handleMediaEvent(this.deps, event).catch(() => {
      // LiveKit could not be asked: the route answers 503 and the delivery may come again.
    });
  }

  /** Runs the timers once. */
  async tick(): Promise<void> {
    // The timers ask LiveKit first, too, where time has passed unseen (call-timers.ts).
    this.#hasAnswered =
      (await reconcileCalls(this.deps, { isFirst: !this.#hasAnswered })) || this.#hasAnswered;
    this.#isHealed ||= await healCalls(this.deps);
    await expireRings(this.deps);
  }

  /** Lets every woken stream finish reading. */
  async settle(): Promise<void> {
    await settle(3);
  }

  newRequestId(): string {
    return randomUUID();
  }

  async close(): Promise<void> {
    this.deps.closeRealtime();
    await this.#store.close();
    await this.#database.giveBack();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
