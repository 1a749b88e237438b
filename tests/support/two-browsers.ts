import { callIdSchema } from '@/lib/ids';
import { askRoute, type RouteName } from './ask-route';
import { type Cost, costMeter } from './costs';
import { roomOf, sendWebhook, tabOf, twoPeople } from './in-process-call';

/** Alice and Bob, what their browsers ask, and what that costs. */
export async function twoBrowsers() {
  const world = await twoPeople();
  const { app, alice, bob, direct } = world;
  const meter = costMeter(app);
  const asks =
    (name: RouteName, ...more: [typeof alice, Parameters<typeof askRoute>[3]?]) =>
    () =>
      askRoute(app, name, ...more);
  const startCall = asks('POST /api/calls', alice, {
    body: { conversationId: direct, clientId: tabOf(alice) },
  });
  /** Alice's call to Bob, which rings; each returns what it asks. */
  const ring = async () => {
    const { call } = await (await startCall()).json();
    const params = { callId: callIdSchema.parse(call.id) };
    return {
      room: await roomOf(app, params.callId),
      confirm: asks('POST /api/calls/[callId]/ringing', bob, { params }),
      accept: asks('POST /api/calls/[callId]/accept', bob, { params, body: { clientId: tabOf(bob) } }),
      decline: asks('POST /api/calls/[callId]/decline', bob, { params, body: {} }),
      leave: asks('POST /api/calls/[callId]/leave', alice, { params, body: { clientId: tabOf(alice) } }),
    };
  };
  return { ...world, ...meter, asks, startCall, ring };
}

/** What each webhook of LiveKit that waits costs. */
export async function costOfWebhook({
  events,
  costOf,
}: Awaited<ReturnType<typeof twoBrowsers>>): Promise<Cost> {
  const [event, ...others] = events.splice(0);
  if (!event || others.length > 0) throw new Error('one webhook was to wait');
  return costOf(() => sendWebhook(event));
}
