import { answerHeartbeatSchema } from '@parley/call-protocol';
import { defineRoute } from '@/lib/http/define-route';

/**
 * The answer to a heartbeat: this browser is awake. Kept in memory only, because every open browser sends one
 * every 15 s.
 */
export const POST = defineRoute({
  access: 'signed_in',
  countsAs: 'read',
  body: answerHeartbeatSchema,
  handle: ({ deps, viewer }) => deps.presence.answered(viewer.signInId),
});
