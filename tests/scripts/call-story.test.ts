import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { callTriggers } from '@/db/schema';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { handleMediaEvent } from '@/lib/calls/jobs/handle-media-event';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { type ClientId, callIdSchema } from '@/lib/ids';
import { callStory } from '@/scripts/call-story.mjs';
import { pinnedNode, root } from '@/scripts/paths.mjs';
import { makeTestApp } from '../support/make-test-deps';
import { environmentOf, whereIs } from '../support/test-database';

const tab = (name: string) => `${name}-tab-1` as ClientId;

/** Alice and Bob talk; LiveKit says that Bob is in, then he leaves. */
async function aCall() {
  const app = await makeTestApp();
  const { deps, media, clock } = app;
  const alice = await app.makeUser('Alice');
  const bob = await app.makeUser('Bob');
  const conversationId = await app.makeConversation('direct', [alice, bob]);
  const started = await startCall(deps, alice, {
    target: { conversationId },
    requestId: null,
    clientId: tab('alice'),
    switchFrom: null,
  });
  const callId = callIdSchema.parse(started.call.id);
  return { app, deps, media, clock, alice, bob, callId, where: whereIs(deps) };
}

it('prints who did what, what LiveKit sent, and how everything ended', async () => {
  const { deps, media, clock, alice, bob, callId, where } = await aCall();
  clock.advance(1500);
  const accepted = await enterCall(deps, bob, { callId, clientId: tab('bob'), switchFrom: null });
  const room = [...(await media.listRooms(''))][0]?.name ?? '';
  const identity = { userId: bob.userId, clientId: tab('bob') };
  const sid = media.connect(room, identity);
  await handleMediaEvent(deps, {
    id: 'EV_1',
    type: 'participant_joined',
    room,
    participant: { identity, sid },
  });
  await reconcileCalls(deps);
  clock.advance(60_000);
  await leaveCall(deps, alice, { callId, clientId: tab('alice') });
  const story = await callStory(where, callId);
  for (const line of [
    /direct call by alice: ended, completed/,
    /\+0\.000 s {2}command +start +alice +→ ringing/,
    /\+1\.500 s {2}command +enter +bob +→ active/,
    /webhook +media_joined +bob/,
    /command +leave +alice +→ ended: completed/,
    /bob +accepted, by alice/,
    /length {4}60\.0 s/,
  ]) {
    expect(story).toMatch(line);
  }
  expect(story).not.toContain(accepted.media.token);
});

it('prints the webhooks and reconciles that changed nothing, and why', async () => {
  const { deps, media, clock, alice, bob, callId, where } = await aCall();
  await enterCall(deps, bob, { callId, clientId: tab('bob'), switchFrom: null });
  const room = [...(await media.listRooms(''))][0]?.name ?? '';
  const identity = { userId: bob.userId, clientId: tab('bob') };
  const sid = media.connect(room, identity);
  const joined = { id: 'EV_1', type: 'participant_joined', room, participant: { identity, sid } } as const;
  await handleMediaEvent(deps, joined);
  await handleMediaEvent(deps, joined);
  await handleMediaEvent(deps, { ...joined, id: 'EV_2', type: 'participant_left' });
  for (let tick = 0; tick < 14; tick += 1) {
    clock.advance(4000);
    await reconcileCalls(deps);
  }
  await leaveCall(deps, alice, { callId, clientId: tab('alice') });
  const story = await callStory(where, callId);
  for (const line of [
    /webhook +participant_joined +bob +→ no change: a repeat/,
    /webhook +participant_left +bob +→ no change: is back already/,
    /\+56\.000 s {2}reconciler +looked +→ no change: 14 times/,
  ]) {
    expect(story).toMatch(line);
  }
});

it('stays short, however often a webhook is repeated', async () => {
  const { app, deps, media, alice, callId, where } = await aCall();
  const room = [...(await media.listRooms(''))][0]?.name ?? '';
  const identity = { userId: alice.userId, clientId: tab('alice') };
  const sid = media.connect(room, identity);
  const joined = { id: 'EV_1', type: 'participant_joined', room, participant: { identity, sid } } as const;
  const record = (count: number, outcome: string) =>
    deps.transaction(async (tx) => {
      const row = { callId, trigger: 'a', userId: null, outcome, source: 'webhook' } as const;
      for (let n = 0; n < count; n += 1)
        await tx.insert(callTriggers).values({ ...row, happenedAt: app.clock.wallNow() });
    });
  await record(197, 'no change: a repeat');
  for (let n = 0; n < 7; n += 1) await handleMediaEvent(deps, joined);
  expect((await callStory(where, callId)).match(/no change/g)).toHaveLength(200);
  await record(300, 'active');
  expect(await callStory(where, callId)).toContain('… 102 more …');
});

it('prints what deadlines and the reconciler did', async () => {
  const { deps, clock, callId, where } = await aCall();
  clock.advance(60_000);
  await expireRings(deps);
  expect(await callStory(where, callId)).toMatch(/\+60\.000 s {2}timer +time_passed +→ ended: cancelled/);
});

it('is what npm run call prints; an unknown call ends with a sentence', async () => {
  const { callId, deps } = await aCall();
  const run = (id: string) =>
    execFileSync(pinnedNode, ['scripts/call.mjs', id], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
      env: environmentOf(deps),
    });
  expect(run(callId)).toContain(`${callId}  direct call by alice: ringing`);
  expect(() => run('call_nobody')).toThrow('There is no call call_nobody');
});
