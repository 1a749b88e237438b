import { expect, it } from 'vitest';
import { blocks, calls, links, members, participations, rings, signIns, users } from '@/db/schema';
import type { Tx } from '@/db/store';
import { hashPassword } from '@/lib/auth/password';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { loadCall } from '@/lib/calls/reads/load-call';
import { callIdSchema } from '@/lib/ids';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import { otherDevice, tabOf } from '../support/in-process-call';
import { ask, makeTestApp, type TestApp } from '../support/make-test-deps';

const removeMember = routes['DELETE /api/conversations/[conversationId]/members/[userId]'];
const changeConversation = routes['PATCH /api/conversations/[conversationId]'];
const changePassword = routes['PUT /api/me/password'];
const changeMe = routes['PATCH /api/me'];
const signOut = routes['POST /api/me/sign-out'];
const resetPassword = routes['POST /api/operator/people/[userId]/password-link'];
const removePerson = routes['DELETE /api/operator/people/[userId]'];
const suspend = routes['PUT /api/operator/people/[userId]/suspension'];
const choosePassword = routes['POST /api/passwords'];
const block = routes['PUT /api/users/[userId]/block'];

/** A decision about oneself or another, and what follows from it for a call, are both true or neither. */

let bobsHash: Promise<string> | undefined;

/** Alice calls Bob, who knows his password, in a group with Carol; Bob is in, Carol is still ringing. */
async function groupCall() {
  const app = await makeTestApp();
  bobsHash ??= hashPassword('bob knows it');
  const operator = await app.makeUser('Olga', { isOperator: true });
  const alice = await app.makeUser('Alice');
  const bob = await app.makeUser('Bob', { passwordHash: await bobsHash });
  const carol = await app.makeUser('Carol');
  const group = await app.makeConversation('group', [alice, bob, carol]);
  const started = await startCall(app.deps, alice, {
    target: { conversationId: group },
    requestId: null,
    clientId: tabOf(alice),
    switchFrom: null,
  });
  const callId = callIdSchema.parse(started.call.id);
  await enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom: null });
  return { app, operator, alice, bob, carol, group, callId };
}

type World = Awaited<ReturnType<typeof groupCall>>;
type Act = () => Promise<Response>;
type Cause = {
  what: string;
  /** Returns the request that decides, after what has to be there before it. */
  prepare: (world: World) => Promise<Act>;
  /** What the decision makes of Bob's participation or Carol's ring. */
  consequence: 'bob left' | 'carol cancelled' | 'carol declined' | 'carol quiet';
};

const operate =
  (route: typeof suspend, method: string, who: 'bob' | 'carol') =>
  async ({ app, operator, ...people }: World) =>
  () =>
    ask(app, route, operator, { method, params: { userId: people[who].userId } });

const causes: Cause[] = [
  {
    what: 'a block of the caller',
    prepare:
      async ({ app, alice, carol }) =>
      () =>
        ask(app, block, carol, { method: 'PUT', params: { userId: alice.userId } }),
    consequence: 'carol declined',
  },
  {
    what: 'Do not disturb',
    prepare:
      async ({ app, carol }) =>
      () =>
        ask(app, changeMe, carol, { method: 'PATCH', body: { doNotDisturb: true } }),
    consequence: 'carol quiet',
  },
  {
    what: 'Mute calls',
    prepare:
      async ({ app, carol, group }) =>
      () =>
        ask(app, changeConversation, carol, {
          method: 'PATCH',
          params: { conversationId: group },
          body: { callsMuted: true },
        }),
    consequence: 'carol quiet',
  },
  {
    what: 'leaving the group',
    prepare: async (world) => () => leaveGroup(world, world.bob, world.bob),
    consequence: 'bob left',
  },
  {
    what: 'removal from the group',
    prepare: async (world) => () => leaveGroup(world, world.alice, world.carol),
    consequence: 'carol cancelled',
  },
  { what: 'a suspension', prepare: operate(suspend, 'PUT', 'bob'), consequence: 'bob left' },
  { what: 'a removal', prepare: operate(removePerson, 'DELETE', 'carol'), consequence: 'carol cancelled' },
  {
    what: 'a password reset by the operator',
    prepare: operate(resetPassword, 'POST', 'bob'),
    consequence: 'bob left',
  },
  {
    what: 'signing out',
    prepare:
      async ({ app, bob }) =>
      () =>
        ask(app, signOut, bob, { method: 'POST' }),
    consequence: 'bob left',
  },
  {
    what: 'a new password on another device',
    prepare: async ({ app, bob }) => {
      const phone = await otherDevice(app, bob);
      const body = { currentPassword: 'bob knows it', newPassword: 'a new one for bob' };
      return () => ask(app, changePassword, phone, { method: 'PUT', body });
    },
    consequence: 'bob left',
  },
  {
    what: 'a password chosen with a link',
    prepare: async (world) => {
      const { app, bob } = world;
      const made = await ask(app, resetPassword, world.operator, {
        method: 'POST',
        params: { userId: bob.userId },
      });
      const token = new URL((await made.json()).path, 'https://x').searchParams.get('link');
      // The reset has ended Bob's part: he is back on a sign-in that the link will revoke.
      const again = await otherDevice(app, bob);
      await enterCall(app.deps, again, { callId: world.callId, clientId: tabOf(bob, 2), switchFrom: null });
      return () => ask(app, choosePassword, null, { body: { token, password: 'a new one for bob' } });
    },
    consequence: 'bob left',
  },
];

function leaveGroup({ app, group }: World, viewer: Viewer, { userId }: Viewer): Promise<Response> {
  return ask(app, removeMember, viewer, { method: 'DELETE', params: { conversationId: group, userId } });
}

/** The disk is full when the consequence is written: `calls` are updated with each change of one. */
function failingCalls(app: TestApp): () => void {
  const { transaction } = app.deps;
  app.deps.transaction = (work) =>
    transaction((tx) =>
      work(
        new Proxy(tx, {
          get(of, key) {
            const found: unknown = Reflect.get(of, key, of);
            if (key !== 'update' || typeof found !== 'function') return found;
            return (table: unknown) => {
              if (table === calls) throw new Error('the disk is full');
              return found.call(of, table);
            };
          },
        }) satisfies Tx,
      ),
    );
  return () => {
    app.deps.transaction = transaction;
  };
}

async function everythingIn({ deps: { db } }: TestApp) {
  return {
    blocks: await db.select().from(blocks),
    users: await db.select().from(users),
    members: await db.select().from(members),
    signIns: await db.select().from(signIns),
    links: await db.select().from(links),
    calls: await db.select().from(calls),
    rings: await db.select().from(rings),
    participations: await db.select().from(participations),
  };
}

it.each(causes)(
  '$what and its consequence are one: without the one there is not the other',
  async (row) => {
    const world = await groupCall();
    const { app, bob, carol, callId } = world;
    const act = await row.prepare(world);
    const before = await everythingIn(app);
    app.wakes.length = 0;
    const closed: unknown[] = [];
    const { bus } = app.deps;
    app.deps.bus = {
      ...bus,
      publish(message) {
        if (message.type === 'signed_out') closed.push(...message.signInIds);
        return bus.publish(message);
      },
    };

    const repair = failingCalls(app);
    expect((await act()).status).toBe(500);
    expect(await everythingIn(app), 'the cause is rolled back with its consequence').toEqual(before);
    expect(app.wakes, 'nothing is published of what did not happen').toEqual([]);
    expect(closed).toEqual([]);

    repair();
    expect((await act()).status).toBeLessThan(300);
    const call = await loadCall(app.deps.db, callId);
    const part = call?.participations.find((one) => one.userId === bob.userId);
    const ring = call?.rings.find((one) => one.userId === carol.userId);
    expect({ bob: part?.state, carol: ring?.state, isQuiet: ring?.isQuiet }).toEqual({
      bob: row.consequence === 'bob left' ? 'left' : 'connecting',
      carol: /carol (cancelled|declined)/.exec(row.consequence)?.[1] ?? 'ringing',
      isQuiet: row.consequence === 'carol quiet',
    });
    expect(app.wakes).not.toEqual([]);
  },
  30_000,
);
