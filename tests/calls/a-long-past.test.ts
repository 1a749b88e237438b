import { expect, it } from 'vitest';
import { users } from '@/db/schema';
import { reachRings } from '@/lib/calls/commands/confirm-ring';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { planStart } from '@/lib/calls/commands/plan-start';
import { startCall } from '@/lib/calls/commands/start-call';
import { healCalls } from '@/lib/calls/jobs/heal-calls';
import { readHistory } from '@/lib/calls/reads/read-calls';
import { readConversation, readConversations } from '@/lib/conversations/read-conversations';
import { type ConversationId, callIdSchema } from '@/lib/ids';
import { pruneRecords } from '@/lib/operator/prune-records';
import { readMetrics } from '@/lib/operator/read-metrics';
import { readMe } from '@/lib/users/read-me';
import { requireMessageable } from '@/lib/users/read-messageable';
import { readUsers } from '@/lib/users/read-users';
import { type BigCommunity, communityWith, days, years } from '../support/big-community';
import { tabOf } from '../support/in-process-call';

type Work = (community: BigCommunity) => Promise<unknown>;

/** Enough rounds for a median that other processes do not move, and an end for slow reads. */
const rounds = { least: 25, most: 100, withinMs: 600 };

/**
 * The cost of `work` in the old community as a multiple of its cost in the young one. Both medians come from
 * the same rounds, in which the two take turns at being first, so that a loaded machine slows both.
 */
async function timesAs(work: Work, old: BigCommunity, young: BigCommunity): Promise<number> {
  const costs = new Map<BigCommunity, number[]>([
    [old, []],
    [young, []],
  ]);
  const begin = performance.now();
  for (let round = 0; round < rounds.most; round += 1) {
    if (round >= rounds.least && performance.now() - begin > rounds.withinMs) break;
    for (const community of round % 2 === 0 ? [old, young] : [young, old]) {
      const since = performance.now();
      await work(community);
      costs.get(community)?.push(performance.now() - since);
    }
  }
  return median(costs.get(old)) / median(costs.get(young));
}

const median = (values: number[] = []) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const person = ({ people }: BigCommunity, number: number) => {
  const found = people.at(number);
  if (!found) throw new Error(`there is no person ${number}`);
  return found.userId;
};
/** A refusal is a result like any other. */
const mayWrite =
  (from: number, to: number): Work =>
  (all) =>
    requireMessageable(all.app.deps.db, person(all, from), [person(all, to)]).catch((error) => error.code);
/** As many calls as this person has after days. */
const page =
  (number: number, filter: 'all' | 'missed', limit: number): Work =>
  (all) =>
    readHistory(all.app.deps, person(all, number), { filter, before: null, limit });
const planInGroup: Work = (all) =>
  planStart(all.app.deps.db, person(all, -1), { conversationId: all.group }, all.app.clock.now());
/** Advances the clock by a minute each time, because starts per minute are limited. */
const startAndCancel: Work = async (all) => {
  const caller = all.people.at(-1);
  if (!caller) throw new Error('the community has no people');
  all.app.clock.advance(60_000);
  const clientId = tabOf(caller);
  const target = { conversationId: all.group };
  const { call } = await startCall(all.app.deps, caller, {
    target,
    requestId: null,
    clientId,
    switchFrom: null,
  });
  await leaveCall(all.app.deps, caller, { callId: callIdSchema.parse(call.id), clientId });
};

it('daily requests cost after years about what they cost after days', async () => {
  const [old, young] = [await communityWith(years), await communityWith(days)];
  for (const { deps } of [old.app, young.app]) {
    await deps.transaction(async (tx) => {
      await tx.update(users).set({ messagePermission: 'known', callPermission: 'known' });
    });
  }
  const daily: Record<string, Work> = {
    'a message in a channel, for each stream': (all) =>
      readConversation(all.app.deps, person(all, 5), all.general),
    'the same for a reader who never reads there': (all) =>
      readConversation(all.app.deps, person(all, -1), all.general),
    'a missed call, for each stream of a callee who never opens the conversation': (all) =>
      readConversation(all.app.deps, person(all, -1), all.unopened),
    'all conversations': (all) => readConversations(all.app.deps, person(all, 5)),
    'the same for the callee who never opens one': (all) => readConversations(all.app.deps, person(all, -1)),
    'how many calls were missed, at the end of every call': (all) => readMe(all.app.deps.db, person(all, 0)),
    'the same for the callee who never looks': (all) => readMe(all.app.deps.db, person(all, -1)),
    'the Calls page of the callee who never looks': page(-1, 'all', 50),
    'its missed calls': page(-1, 'missed', 50),
    'the Calls page of a person with fewer calls': page(100, 'all', 5),
    'its missed calls, too': page(100, 'missed', 5),
    'a person connected or disconnected, for each stream': (all) =>
      readUsers(all.app.deps, person(all, 5), [person(all, 6)]),
    'may I write to a person who wrote to me?': mayWrite(1, 0),
    'may I write to a person who never answered me?': mayWrite(0, 1),
    'may I call 24 people?': planInGroup,
    'a stream opens: which rings does it reach?': (all) => reachRings(all.app.deps, person(all, -1)),
    'a call in a group of 25 that is cancelled': startAndCancel,
    'what is healed at a start': (all) => healCalls(all.app.deps),
    'what is pruned every hour': (all) => pruneRecords(all.app.deps),
    'the metrics': (all) => readMetrics(all.app.deps, null),
  };
  const costlier: string[] = [];
  for (const [name, work] of Object.entries(daily)) {
    const times = await timesAs(work, old, young);
    if (!(times <= 5)) costlier.push(`${name}: ${times.toFixed(1)} times`);
  }
  expect(costlier).toEqual([]);
  const unread = async (all: BigCommunity, id: ConversationId) =>
    (await readConversation(all.app.deps, person(all, -1), id))?.unreadCount;
  expect([await unread(young, young.general), await unread(old, old.general)]).toEqual([199, 1000]);
  expect([await unread(young, young.unopened), await unread(old, old.unopened)]).toEqual([400, 1000]);
  const missed = async (all: BigCommunity) =>
    (await readMe(all.app.deps.db, person(all, -1))).missedCallCount;
  expect([await missed(young), await missed(old)]).toEqual([404, 1000]);
});
