import { leaveCall } from '@/lib/calls/commands/leave-call';
import { callParams, leaveBody } from '@/lib/calls/params';
import { defineRoute } from '@/lib/http/define-route';
import { clientOf } from '@/lib/viewer';

export const POST = defineRoute({
  access: 'signed_in',
  countsAs: 'nothing',
  params: callParams,
  body: leaveBody,
  handle: async ({ deps, viewer, params, body }) => ({
    call: await leaveCall(deps, viewer, { callId: params.callId, clientId: clientOf(viewer, body.clientId) }),
  }),
});
