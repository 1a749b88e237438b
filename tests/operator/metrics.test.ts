import { describe, expect, it } from 'vitest';
import { routes } from '@/lib/routes/registry';
import { ask, inPublic, makeTestApp } from '../support/make-test-deps';

const accept = routes['POST /api/calls/[callId]/accept'];
const leave = routes['POST /api/calls/[callId]/leave'];
const start = routes['POST /api/calls'];
const webhook = routes['POST /api/livekit/webhook'];
const getMetrics = routes['GET /api/metrics'];

describe('metrics', () => {
  it('count live calls, ended calls by reason, rings by outcome, refused webhooks and open streams', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const bob = await app.makeUser('Bob');
    const conversationId = await app.makeConversation('direct', [alice, bob]);
    app.deps.fanOut.open(alice, { send: () => undefined, close: () => undefined });
    const { call } = await (await ask(app, start, alice, { body: { conversationId } })).json();
    const read = async () => (await ask(app, getMetrics, null)).text();
    expect(await read()).toContain('parley_calls_live{status="ringing"} 1');
    await ask(app, accept, bob, { body: {}, params: { callId: call.id } });
    expect(await read()).toContain('parley_calls_live{status="active"} 1');
    await ask(app, leave, bob, { body: {}, params: { callId: call.id } });
    // Counters belong to the process, which has served other tests.
    const refused = (metrics: string) =>
      Number(
        /^parley_webhook_events_total\{type="unknown",result="unauthenticated"\} (\d+)$/m.exec(metrics)?.[1],
      );
    const before = refused(await read()) || 0;
    await ask(app, webhook, null, { body: '{}' });
    const text = await read();
    expect(refused(text)).toBe(before + 1);
    for (const line of [
      'parley_calls_live{status="active"} 0',
      'parley_calls_ended_total{reason="completed"} 1',
      'parley_rings_total{outcome="accepted"} 1',
      'parley_streams_open 1',
      'parley_reconcile_duration_seconds_count',
      'parley_reconcile_failures_total',
      'parley_http_request_duration_seconds_bucket',
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_seconds',
    ]) {
      expect(text).toContain(line);
    }
  });

  it.each([
    ['in the demo', {}, null, 200],
    ['in the demo, switched off', { PARLEY_METRICS: '0' }, null, 404],
    ['in public', inPublic, null, 404],
    ['in public, switched on', { ...inPublic, PARLEY_METRICS: '1' }, null, 200],
    ['with a token, without it', { ...inPublic, PARLEY_METRICS_TOKEN: 'a-token-for-prometheus' }, null, 404],
    [
      'with a token, with a wrong one',
      { ...inPublic, PARLEY_METRICS: '1', PARLEY_METRICS_TOKEN: 'a-token-for-prometheus' },
      'Bearer a-token-for-prometheuS',
      404,
    ],
    [
      'with a token, with it',
      { ...inPublic, PARLEY_METRICS_TOKEN: 'a-token-for-prometheus' },
      'Bearer a-token-for-prometheus',
      200,
    ],
  ] as const)('%s are answered or not as it should be', async (_, settings, authorization, status) => {
    const app = await makeTestApp(settings);
    const headers: Record<string, string> = authorization ? { authorization } : {};
    expect((await ask(app, getMetrics, null, { headers })).status).toBe(status);
  });
});
