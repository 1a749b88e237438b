import { describe, expect, it } from 'vitest';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { moveCall } from '@/lib/calls/commands/move-call';
import { startCall } from '@/lib/calls/commands/start-call';
import type { Participation } from '@/lib/calls/model/participation';
import { participationOfRow, rowOfParticipation } from '@/lib/calls/participation-row';
import { readCall } from '@/lib/calls/reads/read-calls';
import { callIdSchema, type UserId } from '@/lib/ids';
import type { BusMessage } from '@/lib/realtime/bus';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import { active, alice as aliceId, bob as bobId, changedBy, now, part, play, tab } from '../support/a-call';
import { otherDevice, tabOf, twoTalking } from '../support/in-process-call';
import { ask, makeTestApp, type TestApp } from '../support/make-test-deps';

const handRoute = routes['POST /api/calls/[callId]/hand'];
const reactionsRoute = routes['POST /api/calls/[callId]/reactions'];

/** Alice, Bob and Carol in a group call; Dave is a member who has not joined. */
async function threeTalking() {
  const app = await makeTestApp();
  const people = [];
  for (const name of ['Alice', 'Bob', 'Carol', 'Dave']) people.push(await app.makeUser(name));
  const [alice, bob, carol, dave] = people as [Viewer, Viewer, Viewer, Viewer];
  const group = await app.makeConversation('group', people);
  const { call } = await startCall(app.deps, alice, {
    target: { conversationId: group },
    requestId: null,
    clientId: tabOf(alice),
    switchFrom: null,
  });
  const callId = callIdSchema.parse(call.id);
  for (const person of [bob, carol])
    await enterCall(app.deps, person, { callId, clientId: tabOf(person), switchFrom: null });
  const hand = (who: Viewer, isRaised: boolean) =>
    ask(app, handRoute, who, { params: { callId }, body: { isRaised } });
  const react = (who: Viewer, reaction: string) =>
    ask(app, reactionsRoute, who, { params: { callId }, body: { reaction } });
  return { app, alice, bob, carol, dave, callId, hand, react };
}

/** The places of the raised hands as a viewer sees them, by user id. */
async function placesOf(app: TestApp, viewer: Viewer, callId: string) {
  const view = await readCall(app.deps, viewer.userId, callIdSchema.parse(callId));
  return new Map(view?.people.map(({ user, participation }) => [user.id, participation?.handPlace ?? null]));
}

describe('hands', () => {
  it('stand in the order in which they were raised, the same for everyone', async () => {
    const { app, alice, bob, carol, dave, callId, hand } = await threeTalking();
    expect((await hand(carol, true)).status).toBe(200);
    await hand(alice, true);
    for (const viewer of [alice, bob, carol, dave]) {
      const places = await placesOf(app, viewer, callId);
      expect([alice, bob, carol, dave].map(({ userId }) => places.get(userId))).toEqual([2, null, 1, null]);
    }
    await hand(carol, true);
    expect((await placesOf(app, bob, callId)).get(carol.userId)).toBe(1);
    await hand(carol, false);
    expect((await placesOf(app, bob, callId)).get(alice.userId)).toBe(1);
  });

  it('wake the streams of all members, and a hand that is raised twice wakes no stream', async () => {
    const { app, alice, bob, carol, dave, callId, hand } = await threeTalking();
    app.wakes.length = 0;
    await hand(bob, true);
    const everyone = [alice, bob, carol, dave].map(({ userId }) => userId).sort();
    expect(app.wakes.map(({ who, what }) => [[...who].sort(), what])).toEqual([
      [everyone, { calls: [callId] }],
    ]);
    await hand(bob, true);
    expect(app.wakes).toHaveLength(1);
  });

  it('are for participants only, and of an ended call the answer holds the final view', async () => {
    const { app, alice, bob, carol, dave, callId, hand } = await threeTalking();
    expect((await hand(dave, true)).status).toBe(403);
    expect((await hand(dave, false)).status).toBe(200);
    for (const who of [alice, bob, carol]) await leaveCall(app.deps, who, { callId, clientId: tabOf(who) });
    const late = await hand(alice, true);
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ code: 'call_ended', call: { status: 'ended' } });
  });

  it('move to another device with the call, end with the participation, and are not raised by a return', async () => {
    const { app, alice, bob, callId, hand } = await threeTalking();
    await hand(bob, true);
    const phone = await otherDevice(app, bob);
    await moveCall(app.deps, phone, { callId, clientId: tabOf(bob, 2) });
    expect((await placesOf(app, alice, callId)).get(bob.userId)).toBe(1);
    await leaveCall(app.deps, phone, { callId, clientId: tabOf(bob, 2) });
    expect((await placesOf(app, alice, callId)).get(bob.userId)).toBe(null);
    await enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom: null });
    expect((await placesOf(app, alice, callId)).get(bob.userId)).toBe(null);
  });

  it('stay raised while a connection drops and comes back', () => {
    const raised = changedBy(active(), { type: 'hand', userId: bobId, isRaised: true });
    const back = play(raised, [
      [
        {
          type: 'media_left',
          noticed: 'webhook',
          userId: bobId,
          clientId: tab,
          sid: `sid_${bobId}`,
          silentSince: null,
        },
      ],
      [{ type: 'media_joined', userId: bobId, clientId: tab, sid: 'sid_again' }],
    ]);
    expect(back.participations[1]).toMatchObject({ mediaSid: 'sid_again', handRaisedAt: now });
  });

  it('raised within one millisecond have an order, too', () => {
    const both = play(active(), [
      [{ type: 'hand', userId: bobId, isRaised: true }],
      [{ type: 'hand', userId: aliceId, isRaised: true }],
    ]);
    const at = (userId: UserId) => both.participations.find((one) => one.userId === userId);
    expect([at(bobId), at(aliceId)]).toMatchObject([{ handRaisedAt: now }, { handRaisedAt: now + 1 }]);
  });

  it('are kept in the row of every state but left', () => {
    const raised: Participation = { ...part(bobId), handRaisedAt: 7 } as Participation;
    expect(participationOfRow(rowOfParticipation(raised))).toEqual(raised);
    const row = { ...rowOfParticipation(raised), state: 'left' as const };
    expect(participationOfRow(row)).not.toHaveProperty('handRaisedAt');
  });
});

describe('reactions', () => {
  it('go to the people in the call and to no other user', async () => {
    const { app, alice, bob, carol, callId, react } = await threeTalking();
    const published: BusMessage[] = [];
    app.deps.bus.subscribe((message) => published.push(message));
    expect((await react(bob, 'party')).status).toBe(204);
    const who = [alice, bob, carol].map(({ userId }) => userId);
    const event = { type: 'reaction', data: { callId, userId: bob.userId, reaction: 'party' } };
    expect(published).toEqual([{ type: 'passing', who: expect.arrayContaining(who), event }]);
    expect(published[0]).toMatchObject({ who: { length: 3 } });
  });

  it('of other people, to an ended call, or of another kind are refused', async () => {
    const { app, alice, bob, carol, dave, callId, react } = await threeTalking();
    expect((await react(dave, 'heart')).status).toBe(403);
    expect((await react(bob, 'rocket')).status).toBe(400);
    for (const who of [alice, bob, carol]) await leaveCall(app.deps, who, { callId, clientId: tabOf(who) });
    expect((await react(alice, 'heart')).status).toBe(409);
  });

  it('and hands are ten in ten seconds for one person; leaving still works and others are not held up', async () => {
    const { app, alice, bob, callId } = await twoTalking();
    const react = (who: Viewer) =>
      ask(app, reactionsRoute, who, { params: { callId }, body: { reaction: 'clap' } });
    for (let count = 0; count < 9; count += 1) expect((await react(alice)).status).toBe(204);
    const hand = (isRaised: boolean) =>
      ask(app, handRoute, alice, { params: { callId }, body: { isRaised } });
    expect((await hand(true)).status).toBe(200);
    const refused = await react(alice);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(10);
    expect((await hand(false)).status).toBe(429);
    expect((await react(bob)).status).toBe(204);
    await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  });
});
