import { expect, it } from 'vitest';
import { calls, conversations, rings, startRequests } from '@/db/schema';
import { changeMe } from '@/lib/calls/commands/change-me';
import { declineCall } from '@/lib/calls/commands/decline-call';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { type ConversationId, callIdSchema } from '@/lib/ids';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import { tabOf, twoPeople } from '../support/in-process-call';
import { ask, type TestApp } from '../support/make-test-deps';

const ringRoute = routes['POST /api/calls/[callId]/ring'];
const startRoute = routes['POST /api/calls'];
const blockRoute = routes['PUT /api/users/[userId]/block'];

const start = (app: TestApp, who: Viewer, target: { conversationId: string } | { userId: string }) =>
  ask(app, startRoute, who, {
    body: { ...target, clientId: tabOf(who), requestId: 'request-of-this-start' },
  });

const block = (app: TestApp, by: Viewer, { userId }: Viewer) =>
  ask(app, blockRoute, by, { method: 'PUT', params: { userId } });

const allowNoCalls = (app: TestApp, { userId }: Viewer) =>
  changeMe(app.deps, userId, { callPermission: 'nobody' });

async function threePeople() {
  const world = await twoPeople();
  const carol = await world.app.makeUser('Carol');
  const group = await world.app.makeConversation('group', [world.alice, world.bob, carol]);
  return { ...world, carol, group };
}

/** What is the same in every refusal, whatever its reason. */
async function refusalIn(answer: Response) {
  const { status, code, title, detail } = await answer.json();
  return { status, code, title, detail };
}
const notAllowed = { status: 403, code: 'not_allowed', title: 'Action not allowed' };

async function expectNothingLeft({ deps, media }: TestApp) {
  for (const table of [calls, rings, startRequests]) expect(await deps.db.$count(table)).toBe(0);
  expect(await media.listRooms('parley_')).toEqual([]);
}

it('a channel never rings: a call in it is refused as making no sense, and nothing is left', async () => {
  const { app, alice, bob } = await twoPeople();
  const channel = await app.makeConversation('channel', [alice, bob]);
  const answer = await start(app, alice, { conversationId: channel });
  expect(await refusalIn(answer)).toMatchObject({ status: 400, code: 'invalid_input' });
  await expectNothingLeft(app);
});

it('a group without a callee who may be rung is refused like one person, for a block as for a permission', async () => {
  const answers = [];
  for (const close of [allowNoCalls, (app: TestApp, who: Viewer, alice: Viewer) => block(app, who, alice)]) {
    const { app, alice, bob, carol, direct, group } = await threePeople();
    for (const who of [bob, carol]) await close(app, who, alice);
    const one = await refusalIn(await start(app, alice, { conversationId: direct }));
    const all = await refusalIn(await start(app, alice, { conversationId: group }));
    expect(one).toMatchObject(notAllowed);
    expect({ ...all, detail: null }).toEqual({ ...one, detail: null });
    answers.push([one, all]);
    await expectNothingLeft(app);
    expect(app.media.calls.filter(({ method }) => method === 'createRoom')).toEqual([]);
  }
  expect(answers[0]).toEqual(answers[1]);
});

it('a member who blocks the caller is not rung by them; the others are', async () => {
  const { app, alice, bob, carol, group } = await threePeople();
  await block(app, bob, alice);
  const { call } = await (await start(app, alice, { conversationId: group })).json();
  const rows = await app.deps.db.select().from(rings);
  expect(Object.fromEntries(rows.map(({ userId, state }) => [userId, state]))).toEqual({
    [bob.userId]: 'not_allowed',
    [carol.userId]: 'ringing',
  });
  expect(call.status).toBe('ringing');
});

it.each(['a block', 'a closed door'])('Ring again stops at %s, with the same words', async (reason) => {
  const { app, alice, bob, carol, group } = await threePeople();
  const callId = callIdSchema.parse(
    (await (await start(app, alice, { conversationId: group })).json()).call.id,
  );
  await enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom: null });
  await declineCall(app.deps, carol, { callId, ringId: null });
  if (reason === 'a block') await block(app, carol, alice);
  else await allowNoCalls(app, carol);
  const again = (who: Viewer) =>
    ask(app, ringRoute, who, { params: { callId }, body: { userId: carol.userId } });
  expect(await refusalIn(await again(alice))).toEqual({ ...notAllowed, detail: 'You can’t call Carol.' });
  expect(await app.deps.db.$count(rings)).toBe(2);
  // Another participant, whom she has not blocked, still may.
  if (reason === 'a block') expect((await again(bob)).status).toBe(200);
});

type Race = [what: string, change: (app: TestApp, bob: Viewer, alice: Viewer) => Promise<unknown>];
const races: Race[] = [
  ['is blocked', (app, bob, alice) => block(app, bob, alice)],
  ['blocks the other', (app, bob, alice) => block(app, alice, bob)],
  ['may no longer call', (app, bob) => allowNoCalls(app, bob)],
  ['may no longer write', (app, bob) => changeMe(app.deps, bob.userId, { messagePermission: 'nobody' })],
];

it.each(races)(
  'a caller who %s while the room is being made rings no callee and leaves no room',
  async (_, change) => {
    const { app, alice, bob, direct } = await twoPeople();
    const dave = await app.makeUser('Dave');
    const targets: [Viewer, { conversationId: ConversationId } | { userId: string }][] = [
      [bob, { conversationId: direct }],
      [dave, { userId: dave.userId }],
    ];
    for (const [callee, target] of targets) {
      const { media } = app;
      app.deps.media = {
        ...media,
        createRoom: async (name) => {
          app.deps.media = media;
          await media.createRoom(name);
          await change(app, callee, alice);
        },
      };
      expect(await refusalIn(await start(app, alice, target))).toMatchObject(notAllowed);
      await expectNothingLeft(app);
    }
    expect(await app.deps.db.$count(conversations), 'none was made for a call that is none').toBe(1);
  },
);
