import 'server-only';
import { handleMediaEvent } from '@/lib/calls/jobs/handle-media-event';
import { defineRoute } from '@/lib/http/define-route';
import { asAppError } from '@/lib/http/problem';
import { readText } from '@/lib/http/read-body';
import { webhookBodyLimit } from '@/lib/media/livekit-webhook';
import { metrics } from '@/lib/metrics';

export const livekitRoutes = {
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
};
