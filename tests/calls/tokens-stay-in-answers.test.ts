import type { StreamEvent } from '@parley/call-protocol';
import { expect, it } from 'vitest';
import { confirmRing } from '@/lib/calls/commands/confirm-ring';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { moveCall } from '@/lib/calls/commands/move-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { callIdSchema } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { tabOf, twoPeople } from '../support/in-process-call';
import { everythingStored } from '../support/test-database';
import { waitFor } from '../support/wait-for';

it('no event of a whole call, and nothing that is stored holds one of its media tokens', async () => {
  const { app, alice, bob, direct } = await twoPeople();
  const heard: StreamEvent[] = [];
  const listen = (viewer: Viewer) =>
    app.deps.fanOut.open(viewer, { send: (event) => void heard.push(event), close: () => {} });
  const streams = [listen(alice), listen(bob)];
  const statuses = () =>
    heard.flatMap(({ type, data }) => (type === 'call' && !('gone' in data) ? data.status : []));
  const until = (status: string) =>
    waitFor(`${status} on both streams`, () => statuses().filter((one) => one === status).length >= 2, 5000);

  const switchFrom = null;
  const target = { conversationId: direct };
  const started = await startCall(app.deps, alice, {
    target,
    requestId: 'r',
    clientId: tabOf(alice),
    switchFrom,
  });
  const callId = callIdSchema.parse(started.call.id);
  await until('ringing');
  await confirmRing(app.deps, bob, callId);
  const accepted = await enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom });
  await until('active');
  const moved = await moveCall(app.deps, bob, { callId, clientId: tabOf(bob, 2) });
  app.clock.advance(1000);
  const joined = await enterCall(app.deps, alice, { callId, clientId: tabOf(alice), switchFrom });
  await leaveCall(app.deps, bob, { callId, clientId: tabOf(bob, 2) });
  await until('ended');
  // A client that subscribes later receives a snapshot.
  streams.push(listen(bob));
  await waitFor('a later snapshot', () => heard.filter(({ type }) => type === 'snapshot').length >= 3, 5000);
  for (const stream of streams) stream.drop();

  const said = JSON.stringify(heard);
  const tokens = [started, accepted, moved, joined].map(({ media }) => media.token);
  expect(new Set(tokens).size).toBe(4);
  for (const token of tokens) expect(said).not.toContain(token);
  // Nor any other signed token, nor LiveKit's address.
  expect(said).not.toMatch(/eyJ[\w-]+\.eyJ|"token"|"media"|ws:\/\/media/);

  const stored = await everythingStored(app.deps);
  expect(stored).toContain(callId);
  for (const token of tokens) expect(stored).not.toContain(token);
});
