import 'server-only';
import { answerHeartbeatSchema } from '@parley/call-protocol';
import { handleMediaEvent } from '@/lib/calls/jobs/handle-media-event';
import { Answer } from '@/lib/http/answer';
import { defineRoute } from '@/lib/http/define-route';
import { asAppError } from '@/lib/http/problem';
import { countSnapshot } from '@/lib/http/rate-limit';
import { readText } from '@/lib/http/read-body';
import { webhookBodyLimit } from '@/lib/media/livekit-webhook';
import { metrics } from '@/lib/metrics';
import { readMetrics } from '@/lib/operator/read-metrics';
import { eventStreamHeaders, openEventStream } from '@/lib/realtime/event-stream';

export const serviceRoutes = {
  'GET /api/events': defineRoute({
    access: 'signed_in',
    countsAs: 'nothing',
    isStream: true,
    handle: async ({ deps, viewer, request }) => {
      await countSnapshot(deps, viewer);
      const stillSignedIn = async () => (await deps.viewerOf(request)) !== null;
      return new Answer(200, openEventStream(deps.fanOut, viewer, stillSignedIn), eventStreamHeaders);
    },
  }),

  /**
   * The answer to a heartbeat: this browser is awake. Kept in memory only, because every open browser sends one
   * every 15 s.
   */
  'POST /api/events/alive': defineRoute({
    access: 'signed_in',
    countsAs: 'read',
    body: answerHeartbeatSchema,
    handle: ({ deps, viewer }) => deps.presence.answered(viewer.signInId),
  }),

  /**
   * 200 when the database and LiveKit respond, else 503 that names what does not. Also says how many seconds
   * LiveKit's clock is ahead; calls allow for it.
   */
  'GET /api/health': defineRoute({
    access: 'anyone',
    handle: async ({ deps }) => {
      const [database, livekit] = await Promise.all([answers(deps.ping), answers(deps.media.ping)]);
      const livekitClockOffsetSeconds = Math.round(deps.media.clockOffsetMs() / 1000);
      return Answer.json({ database, livekit, livekitClockOffsetSeconds }, database && livekit ? 200 : 503);
    },
  }),

  /** Liveness: the process responds; nothing else is checked. `start` names the start that it belongs to. */
  'GET /api/health/live': defineRoute({
    access: 'anyone',
    handle: async ({ deps }) => ({ ok: true, start: deps.env.PARLEY_START_ID ?? null }),
  }),

  /** LiveKit's own address: proved by its signature instead of our origin and cookie. */
  'POST /api/livekit/webhook': defineRoute({
    access: 'anyone',
    originCheck: 'none',
    handle: async ({ deps, request }) => {
      const body = await readText(request, webhookBodyLimit);
      let type = 'unknown';
      try {
        const event = await deps.readWebhook(body, request.headers.get('authorization'));
        type = event.type;
        await handleMediaEvent(deps, event);
      } catch (error) {
        metrics().webhooks.inc({ type, result: asAppError(error)?.code ?? 'failed' });
        throw error;
      }
      metrics().webhooks.inc({ type, result: 'taken' });
      return { ok: true };
    },
  }),

  /** Metrics for Prometheus; docs/operating.md says who may read them. */
  'GET /api/metrics': defineRoute({
    access: 'anyone',
    handle: async ({ deps, request }) =>
      new Answer(200, await readMetrics(deps, request.headers.get('authorization')), {
        'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      }),
  }),
};

async function answers(ping: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ping();
  } catch {
    // The response says which part is down; why is in that part's own log.
    return false;
  }
}
