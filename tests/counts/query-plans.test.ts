// Names its folder in the environment once it is loaded; a picture's route would do so in the middle of a test.
import 'sharp';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { messages } from '@/db/schema';
import { declineCall } from '@/lib/calls/commands/decline-call';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { startCallTimers } from '@/lib/calls/jobs/call-timers';
import { resumeCalls } from '@/lib/calls/jobs/resume-calls';
import { callIdSchema } from '@/lib/ids';
import { pruneRecords } from '@/lib/operator/prune-records';
import { askRoute, type RouteName } from '../support/ask-route';
import { withIds } from '../support/built-routes';
import { costMeter } from '../support/costs';
import { identityOf, sendWebhook, signOut, tabOf, twoTalking } from '../support/in-process-call';
import { makeTestApp } from '../support/make-test-deps';
import { unboundedReads } from '../support/query-plans';
import { routeRules } from '../support/route-rules';

/** What may be read as a whole, by the beginning of the plan's line and a part of the statement, and why. */
const allowed: { plan: string; sql: string; because: string }[] = [
  {
    plan: 'SCAN scoped',
    sql: 'select distinct "conversation_id" from "members"',
    because: 'what it names was sought',
  },
  {
    plan: 'SCAN missed',
    sql: 'order by "call_log"."missed_at" desc limit ?',
    because: 'at most so many, sought',
  },
  { plan: 'SCAN calls USING INDEX calls_one_live', sql: '', because: 'the index holds live calls only' },
  {
    plan: 'SCAN participations USING INDEX participations_one_call',
    sql: '',
    because: 'people in calls only',
  },
  { plan: 'SCAN rings USING INDEX rings_one_running', sql: '', because: 'running rings only' },
  { plan: 'SCAN rings USING COVERING INDEX rings_one_running', sql: '', because: 'running rings only' },
  { plan: 'SCAN outcome_totals', sql: '', because: 'a row for each outcome there is' },
  { plan: 'SCAN community', sql: '', because: 'one row' },
  { plan: 'SCAN push_keys', sql: '', because: 'one row' },
  {
    plan: 'SCAN push_devices',
    sql: 'delete from "push_devices" where "push_devices"."server_key" <>',
    because: 'once a start',
  },
  {
    plan: 'SCAN call_log',
    sql: 'insert into "messages"',
    because: 'runs only while a foreign key is broken',
  },
  {
    plan: 'SCAN conversations',
    sql: '"conversations"."kind" = ?',
    because: 'channels, which only operators change',
  },
  {
    plan: 'SCAN links',
    sql: 'update "links" set "revoked_at"',
    because: 'few, pruned, when a person is removed',
  },
  { plan: 'SCAN links', sql: 'delete from "links"', because: 'once an hour' },
  { plan: 'SCAN webhook_deliveries', sql: 'delete from', because: 'holds what came in the last ten minutes' },
];

const unexpected = (found: string[]) =>
  found.filter((line) => !allowed.some(({ plan, sql }) => line.startsWith(plan) && line.includes(sql)));

/** Follows what streams read afterwards, a turn of the event loop each. */
async function settle() {
  for (let turn = 0; turn < 300; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Alice, an operator, and Bob talk in a group, in which Carol is rung; both look at the app. */
async function aGroupCall() {
  const app = await makeTestApp();
  const alice = await app.makeUser('Alice', { isOperator: true });
  const [bob, carol] = [await app.makeUser('Bob'), await app.makeUser('Carol')];
  const conversationId = await app.makeConversation('group', [alice, bob, carol]);
  const messageId = await app.say(alice, conversationId);
  const { listen } = costMeter(app);
  for (const viewer of [alice, bob]) listen(viewer);
  const request = { requestId: null, clientId: tabOf(alice), switchFrom: null };
  const { call } = await startCall(app.deps, alice, { ...request, target: { conversationId } });
  const callId = callIdSchema.parse(call.id);
  await enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom: null });
  const ids = {
    conversationId,
    messageId,
    callId,
    userId: carol.userId,
    linkId: 'link_1111111111111111',
    deviceId: 'device_1111111111111111',
    ringId: 'ring_1111111111111111',
    name: 'nothing.webp',
  };
  return { app, alice, ids };
}

const routes = Object.entries(routeRules)
  // Next-auth answers for itself; what it asks of us is signing in, which a page of ours does.
  .filter(([path]) => !path.includes('nextauth'))
  .flatMap(([path, rules]) =>
    Object.entries(rules).map(([method, { body }]) => ({ name: `${method} ${path}` as RouteName, body })),
  );

it.each(routes)(
  '$name reads by an index alone',
  async ({ name, body }) => {
    const { app, alice, ids } = await aGroupCall();
    const found = await unboundedReads(async () => {
      const answer = await askRoute(app, name, alice, { params: ids, body: withIds(body, ids) });
      await answer.body?.cancel();
      await settle();
    });
    expect(unexpected(found)).toEqual([]);
  },
  30_000,
);

it('so do what follows from LiveKit, the jobs, and the ends of a call', async () => {
  const { app, alice, bob, direct, callId, room, events } = await twoTalking();
  const carol = await app.makeUser('Carol');
  const group = await app.makeConversation('group', [alice, bob, carol]);
  const found = await unboundedReads(async () => {
    app.media.disconnect(room, identityOf(bob));
    for (const event of events.splice(0)) await sendWebhook(event);
    await resumeCalls(app.deps);
    const timers = startCallTimers(app.deps);
    await timers.firstTick;
    timers.stop();
    await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
    for (const conversationId of [direct, group]) {
      const request = { requestId: null, clientId: tabOf(alice), switchFrom: null };
      const { call } = await startCall(app.deps, alice, { ...request, target: { conversationId } });
      await declineCall(app.deps, bob, { callId: callIdSchema.parse(call.id), ringId: null });
      await leaveCall(app.deps, alice, { callId: callIdSchema.parse(call.id), clientId: tabOf(alice) });
    }
    await pruneRecords(app.deps);
    await signOut(app, alice);
    await settle();
  });
  expect(unexpected(found)).toEqual([]);
});

it('a plan that reads a whole table is found', async () => {
  const { app } = await twoTalking();
  const found = await unboundedReads(async () => {
    await app.deps.db.select({ id: messages.id }).from(messages).where(eq(messages.text, 'hello'));
    await app.deps.db.select().from(messages).orderBy(messages.text).limit(5);
  });
  expect(unexpected(found).map((line) => line.split(': ')[0])).toEqual([
    'SCAN messages',
    'SCAN messages',
    'USE TEMP B-TREE FOR ORDER BY',
  ]);
});
