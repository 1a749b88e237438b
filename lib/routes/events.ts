import 'server-only';
import { answerHeartbeatSchema } from '@parley/call-protocol';
import { Answer } from '@/lib/http/answer';
import { defineRoute } from '@/lib/http/define-route';
import { countSnapshot } from '@/lib/http/rate-limit';
import { eventStreamHeaders, openEventStream } from '@/lib/realtime/event-stream';

export const eventRoutes = {
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
    handle: ({ deps, viewer, body }) => deps.presence.answered(viewer.signInId, body.isInFront),
  }),
};
