import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { calls, conversations, messages, participations, rings } from '@/db/schema';
import { blockUser } from '@/lib/calls/commands/block-user';
import { changeConversation } from '@/lib/calls/commands/change-conversation';
import { changeMe } from '@/lib/calls/commands/change-me';
import { removeFromGroup } from '@/lib/calls/commands/change-members';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { sendMessage } from '@/lib/conversations/send-message';
import { type CallId, type ConversationId, callIdSchema } from '@/lib/ids';
import { suspendPerson } from '@/lib/operator/suspend-person';
import type { Viewer } from '@/lib/viewer';
import { tolerate } from '../model/steps';
import { otherDevice, signOut, tabOf } from '../support/in-process-call';
import { checkDecisions, checkPromises } from '../support/kept-promises';
import { makeTestApp } from '../support/make-test-deps';

/** docs/cases.md, promise 5 and 6, with writers who really come at once; whichever of them is first. */

/** Enough for all of PostgreSQL's connections, few enough that none waits long for one. */
const pairsAtOnce = 8;

async function community() {
  const app = await makeTestApp();
  const { deps } = app;
  const known = { ended: new Map<string, string>(), rings: new Map<string, string>() };
  let named = 0;
  const newPerson = () => {
    named += 1;
    return app.makeUser(`Person${named}`);
  };
  const pair = async () => {
    const [one, other] = [await newPerson(), await newPerson()];
    return { one, other, direct: await app.makeConversation('direct', [one, other]) };
  };
  const pairs = async () => {
    const made: Awaited<ReturnType<typeof pair>>[] = [];
    while (made.length < pairsAtOnce) made.push(await pair());
    return made;
  };
  const start = (
    who: Viewer,
    target: Parameters<typeof startCall>[2]['target'],
    from: CallId | null = null,
  ) => startCall(deps, who, { target, requestId: null, clientId: tabOf(who), switchFrom: from });
  const ring = async (who: Viewer, conversationId: ConversationId) =>
    callIdSchema.parse((await start(who, { conversationId })).call.id);
  const enter = (who: Viewer, callId: CallId, from: CallId | null = null) =>
    enterCall(deps, who, { callId, clientId: tabOf(who), switchFrom: from });
  const leave = (who: Viewer, callId: CallId) => leaveCall(deps, who, { callId, clientId: tabOf(who) });
  /** All at once, in one order or the other; then every promise is looked at. */
  const race = async (...works: (() => Promise<unknown>)[]) => {
    const answers = await Promise.all(works.map((work) => tolerate(work())));
    await checkPromises(deps.db, known);
    await checkDecisions(deps);
    return answers;
  };
  const callOf = async (id: CallId) => {
    const [row] = await deps.db.select().from(calls).where(eq(calls.id, id));
    return row;
  };
  const inCall = async (id: CallId) =>
    (await deps.db.select().from(participations).where(eq(participations.callId, id)))
      .filter(({ state }) => state !== 'left')
      .map(({ userId }) => userId);
  return { ...app, app, pair, pairs, newPerson, start, ring, enter, leave, race, callOf, inCall };
}

it('glare: of pairs who all press at once each has one call, and both are in it', async () => {
  const { deps, pairs, start, race } = await community();
  const all = await pairs();
  const answers = await race(
    ...all.map(
      ({ one, direct }) =>
        () =>
          start(one, { conversationId: direct }),
    ),
    ...all.map(
      ({ other, direct }) =>
        () =>
          start(other, { conversationId: direct }),
    ),
  );
  expect(answers).not.toContain(null);
  expect(await deps.db.$count(calls)).toBe(all.length);
  const states = (await deps.db.select().from(participations)).map(({ state }) => state);
  expect(states.filter((state) => state !== 'left')).toHaveLength(2 * all.length);
});

it('glare from profiles: each pair has one conversation and one call', async () => {
  const { deps, newPerson, start, race } = await community();
  const works: (() => Promise<unknown>)[] = [];
  for (let n = 0; n < pairsAtOnce; n += 1) {
    const [one, other] = [await newPerson(), await newPerson()];
    works.push(
      () => start(one, { userId: other.userId }),
      () => start(other, { userId: one.userId }),
    );
  }
  expect(await race(...works)).not.toContain(null);
  expect(await deps.db.$count(conversations)).toBe(pairsAtOnce);
  expect(await deps.db.$count(calls)).toBe(pairsAtOnce);
});

it('members who all start in one group share one call', async () => {
  const { deps, makeConversation, newPerson, start, race } = await community();
  const people = [await newPerson(), await newPerson(), await newPerson(), await newPerson()];
  const group = await makeConversation('group', people);
  const answers = await race(...people.map((who) => () => start(who, { conversationId: group })));
  expect(answers).not.toContain(null);
  expect(await deps.db.$count(calls)).toBe(1);
});

it('who is rung by several people and answers all of them is in one call', async () => {
  const { app, deps, makeConversation, newPerson, ring, enter, race } = await community();
  const callee = await newPerson();
  const ids: CallId[] = [];
  for (let n = 0; n < 4; n += 1) {
    const caller = await newPerson();
    ids.push(await ring(caller, await makeConversation('direct', [caller, callee])));
  }
  const devices = await Promise.all(ids.map(() => otherDevice(app, callee)));
  await race(...ids.map((id, at) => () => enter(devices[at] ?? callee, id)));
  const taken = (await deps.db.select().from(participations)).filter(
    ({ userId, state }) => userId === callee.userId && state !== 'left',
  );
  expect(taken).toHaveLength(1);
});

it('people who switch between two calls in both directions are in one each at most', async () => {
  const { makeConversation, newPerson, ring, enter, race, inCall } = await community();
  const [ann, ben, cem] = [await newPerson(), await newPerson(), await newPerson()];
  const [one, other] = [
    await makeConversation('group', [ann, ben, cem]),
    await makeConversation('group', [ben, ann, cem]),
  ];
  const [first, second] = [await ring(ann, one), await ring(ben, other)];
  await enter(cem, first);
  await race(
    () => enter(ann, second, first),
    () => enter(ben, first, second),
    () => enter(cem, second, first),
  );
  const all = [...(await inCall(first)), ...(await inCall(second))];
  expect(new Set(all).size).toBe(all.length);
});

it('a block against a start: neither a call nor a ring is left, nor a message that came after it', async () => {
  const { deps, pairs, start, race } = await community();
  const all = await pairs();
  await race(
    ...all.flatMap(({ one, other, direct }, at) => {
      const works = [
        () => start(one, { conversationId: direct }),
        () => blockUser(deps, other.userId, one.userId),
      ];
      return at % 2 === 0 ? works : works.reverse();
    }),
  );
  const live = (await deps.db.select().from(calls)).filter(({ status }) => status !== 'ended');
  expect(live).toEqual([]);
});

it('an accept against a cancel: the call was answered or cancelled, and has ended either way', async () => {
  const { pairs, ring, enter, leave, race, callOf } = await community();
  const all: { one: Viewer; other: Viewer; id: CallId }[] = [];
  for (const { one, other, direct } of await pairs()) all.push({ one, other, id: await ring(one, direct) });
  await race(
    ...all.flatMap(({ one, other, id }, at) => {
      const works = [() => enter(other, id), () => leave(one, id)];
      return at % 2 === 0 ? works : works.reverse();
    }),
  );
  for (const { id } of all) {
    const call = await callOf(id);
    expect(call?.status).toBe('ended');
    expect(['completed', 'cancelled']).toContain(call?.endReason);
  }
});

it('an accept at the deadline: accepted or missed, never both', async () => {
  const { deps, clock, pairs, ring, enter, race } = await community();
  const all: { other: Viewer; id: CallId }[] = [];
  for (const { other, one, direct } of await pairs()) all.push({ other, id: await ring(one, direct) });
  clock.advance(deps.times.ringTimeoutMs);
  await race(
    () => expireRings(deps),
    ...all.map(
      ({ other, id }) =>
        () =>
          enter(other, id),
    ),
  );
  const states = (await deps.db.select().from(rings)).map(({ state }) => state);
  expect(states).not.toContain('ringing');
});

it('a removal from a group, a suspension and a sign-out against an entry: who goes is not in the call', async () => {
  const { app, deps, makeUser, makeConversation, newPerson, ring, enter, race, inCall } = await community();
  const operator = await makeUser('Operator', { isOperator: true });
  for (const goes of [
    (who: Viewer, group: ConversationId, creator: Viewer) =>
      removeFromGroup(deps, creator.userId, group, who.userId),
    (who: Viewer) => suspendPerson(deps, operator.userId, who.userId),
    (who: Viewer) => signOut(app, who),
  ]) {
    const races: { id: CallId; who: Viewer; works: (() => Promise<unknown>)[] }[] = [];
    for (let n = 0; n < 4; n += 1) {
      const people = [await newPerson(), await newPerson(), await newPerson()] as const;
      const [creator, who] = people;
      const group = await makeConversation('group', people);
      const id = await ring(creator, group);
      const works = [() => enter(who, id), () => goes(who, group, creator)];
      races.push({ id, who, works: n % 2 === 0 ? works : works.reverse() });
    }
    await race(...races.flatMap(({ works }) => works));
    for (const { id, who } of races) expect(await inCall(id)).not.toContain(who.userId);
  }
});

it('Do not disturb and Mute calls against a start: no ring sounds that came to either', async () => {
  const { deps, pairs, start, race } = await community();
  const all = await pairs();
  await race(
    ...all.flatMap(({ one, other, direct }, at) => [
      () => start(one, { conversationId: direct }),
      () =>
        at % 2 === 0
          ? changeMe(deps, other.userId, { doNotDisturb: true })
          : changeConversation(deps, other.userId, direct, { callsMuted: true }),
    ]),
  );
  const loud = (await deps.db.select().from(rings)).filter((one) => one.state === 'ringing' && !one.isQuiet);
  expect(loud).toEqual([]);
});

it('a caller who starts everywhere at once is in one call, and the others leave nothing behind', async () => {
  const { deps, makeConversation, newPerson, start, race } = await community();
  const caller = await newPerson();
  const works: (() => Promise<unknown>)[] = [];
  for (let n = 0; n < 6; n += 1) {
    const direct = await makeConversation('direct', [caller, await newPerson()]);
    works.push(() => start(caller, { conversationId: direct }));
  }
  const answers = await race(...works);
  expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
  expect(await deps.db.$count(calls)).toBe(1);
});

it('a message that is sent several times at once is there once, and positions rise in the order of reading', async () => {
  const { deps, pair, race } = await community();
  const { one, other, direct } = await pair();
  const send = (who: Viewer, clientMessageId: string) => () =>
    sendMessage(deps, who.userId, direct, { text: clientMessageId, clientMessageId });
  const answers = await race(
    ...[one, other].flatMap((who) => ['first', 'first', 'second', 'second'].map((id) => send(who, id))),
  );
  expect(answers).not.toContain(null);
  expect(await deps.db.$count(messages)).toBe(4);
});
