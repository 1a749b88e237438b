import { expect, it } from 'vitest';
import { callIdSchema } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { askRoute, type RouteName } from '../support/ask-route';
import { costMeter } from '../support/costs';
import { identityOf, roomOf, sendWebhook, tabOf, twoPeople } from '../support/in-process-call';

/** What each costs Alice and Bob, who share so many conversations, each with so many members. */
async function costsAmong(size: number) {
  const { app, alice, bob, direct, events } = await twoPeople();
  const others: Viewer[] = [];
  while (others.length < size) others.push(await app.makeUser(`Person${others.length}`));
  const everyone = [alice, bob, ...others];
  const channel = await app.makeConversation('channel', everyone);
  for (let n = 0; n < size; n += 1) {
    // Twenty of them are as large as groups get, so that a read for each conversation or member would show.
    const group = await app.makeConversation('group', n < 20 ? everyone.slice(0, 25) : [alice, bob]);
    await app.say(alice, group);
  }
  const { listen, costOf } = costMeter(app);
  const costs: Record<string, { reads: number; writes: number }> = {};
  const measure = async (what: string, work: () => Promise<Response | undefined>) => {
    const { reads, writes } = await costOf(work);
    costs[what] = { reads, writes };
  };
  const asks = (name: RouteName, who: Viewer, given: Parameters<typeof askRoute>[3] = {}) =>
    measure(name, () => askRoute(app, name, who, given));

  await measure('a stream opens', async () => void listen(alice));
  await costOf(async () => void listen(bob));
  await asks('GET /api/conversations', alice);
  await asks('GET /api/users', alice);
  await asks('GET /api/calls', alice);
  const params = { conversationId: channel };
  await asks('GET /api/conversations/[conversationId]', alice, { params });
  const body = { text: 'Hello', clientMessageId: 'message-1' };
  await asks('POST /api/conversations/[conversationId]/messages', alice, { params, body });
  await asks('GET /api/conversations/[conversationId]/messages', alice, { params });
  await asks('PUT /api/conversations/[conversationId]/read', bob, { params, body: { seq: 1 } });
  await asks('PATCH /api/me', alice, { body: { about: 'Here' } });

  let callId = callIdSchema.parse('call_0000000000000000');
  await measure('POST /api/calls', async () => {
    const answer = await askRoute(app, 'POST /api/calls', alice, {
      body: { conversationId: direct, clientId: tabOf(alice) },
    });
    callId = callIdSchema.parse((await answer.clone().json()).call.id);
    return answer;
  });
  const call = { params: { callId } };
  await asks('POST /api/calls/[callId]/ringing', bob, call);
  await asks('POST /api/calls/[callId]/accept', bob, { ...call, body: { clientId: tabOf(bob) } });
  const room = await roomOf(app, callId);
  for (const who of [alice, bob]) app.media.connect(room, identityOf(who));
  for (const event of events.splice(0)) await measure('a webhook', () => sendWebhook(event));
  await asks('POST /api/calls/[callId]/leave', alice, { ...call, body: { clientId: tabOf(alice) } });
  await asks('PUT /api/users/[userId]/block', alice, { params: { userId: bob.userId } });
  return costs;
}

it('no request runs more statements for 200 conversations and members than for two', async () => {
  const few = await costsAmong(2);
  expect(await costsAmong(200)).toEqual(few);
});
