import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openStore } from '@/db/open-store';
import { callTriggers } from '@/db/schema';
import { callIdSchema } from '@/lib/ids';
import type { MediaEvent } from '@/lib/media/media-server';
import { readSecrets } from '@/scripts/secrets.mjs';
import { type ApiPerson, entered, makePeople, viewIn } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { sharedApp } from '../support/shared-app';
import { signWebhook, webhookBody } from '../support/signed-webhook';

const fault = faultCase(28);

it('a webhook that LiveKit did not sign changes nothing and is refused', async () => {
  const app = sharedApp();
  const [alice, bob] = (await makePeople(app, ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const { call, media } = await alice.call(bob);
  entered(await bob.accept(call.id));
  const room: string = JSON.parse(Buffer.from(media.token.split('.')[1] ?? '', 'base64url').toString()).video
    .room;
  const { livekitKey: key, livekitSecret: secret } = readSecrets(app.dataDir);
  const event: MediaEvent = {
    id: 'EV_forged',
    type: 'participant_left',
    room,
    participant: { identity: { userId: alice.userId, clientId: alice.tab() }, sid: 'PA_forged' },
  };
  const body = webhookBody(event);
  const send = (what: string, text: string, authorization: string | null) => {
    fault.did(`webhook with ${what}`);
    return fetch(`${app.url}/api/livekit/webhook`, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/webhook+json', ...(authorization && { authorization }) },
    }).then((answer) => answer.status);
  };
  const store = openStore(join(app.dataDir, 'parley.db'));
  // Of this call only: the app is shared, and other cases’ calls still run out in it.
  const webhooks = and(
    eq(callTriggers.callId, callIdSchema.parse(call.id)),
    eq(callTriggers.source, 'webhook'),
  );
  const triggersBefore = await store.db.$count(callTriggers, webhooks);

  const unsigned = signWebhook(body, { key, secret }, { header: { alg: 'none' } });
  const statuses = {
    'no signature': await send('no signature', body, null),
    'a wrong key': await send('a wrong key', body, signWebhook(body, { key, secret: `${secret}x` })),
    'another issuer': await send('another issuer', body, signWebhook(body, { key: 'another-key', secret })),
    'alg none': await send('alg none', body, unsigned),
    'alg none and no signature': await send(
      'alg none and no signature',
      body,
      `${unsigned.split('.').slice(0, 2).join('.')}.`,
    ),
    'another body': await send(
      'another body',
      body.replace('EV_forged', 'EV_other'),
      signWebhook(body, { key, secret }),
    ),
  };
  expect(statuses).toEqual(Object.fromEntries(Object.keys(statuses).map((name) => [name, 401])));

  const huge = body + ' '.repeat(20 * 1024 * 1024);
  expect(await send('20 MB', huge, signWebhook(huge, { key, secret }))).toBe(413);

  expect(await store.db.$count(callTriggers, webhooks)).toBe(triggersBefore);
  await store.close();
  expect(viewIn(await alice.ask('GET', `/api/calls/${call.id}`)).status).toBe('active');
  await alice.leave(call.id);
});
