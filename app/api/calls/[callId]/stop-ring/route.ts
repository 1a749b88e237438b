import { stopRing } from '@/lib/calls/commands/ring-again';
import { callParams, ringBody } from '@/lib/calls/params';
import { defineRoute } from '@/lib/http/define-route';

export const POST = defineRoute({
  access: 'signed_in',
  params: callParams,
  body: ringBody,
  handle: async ({ deps, viewer, params, body }) => ({
    call: await stopRing(deps, viewer, { callId: params.callId, userId: body.userId }),
  }),
});
