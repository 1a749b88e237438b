import { handleMediaEvent } from '@/lib/calls/handle-media-event';
import { defineRoute } from '@/lib/http/define-route';
import { readText } from '@/lib/http/read-body';
import { webhookBodyLimit } from '@/lib/media/livekit-webhook';

/** LiveKit's own address: proved by its signature instead of our origin and cookie. */
export const POST = defineRoute({
  access: 'anyone',
  originCheck: 'none',
  handle: async ({ deps, request }) => {
    const body = await readText(request, webhookBodyLimit);
    const event = await deps.readWebhook(body, request.headers.get('authorization'));
    await handleMediaEvent(deps, event);
    return Response.json({ ok: true });
  },
});
