import { declineCall } from '@/lib/calls/commands/decline-call';
import { callParams, declineBody } from '@/lib/calls/params';
import { defineRoute } from '@/lib/http/define-route';

export const POST = defineRoute({
  access: 'signed_in',
  countsAs: 'nothing',
  params: callParams,
  body: declineBody,
  handle: async ({ deps, viewer, params, body }) => ({
    call: await declineCall(deps, viewer, { callId: params.callId, ringId: body.ringId ?? null }),
  }),
});
