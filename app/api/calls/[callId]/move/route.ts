import { moveCall } from '@/lib/calls/commands/move-call';
import { callParams, moveBody } from '@/lib/calls/params';
import { defineRoute } from '@/lib/http/define-route';
import { clientOf } from '@/lib/viewer';

export const POST = defineRoute({
  access: 'signed_in',
  params: callParams,
  body: moveBody,
  handle: ({ deps, viewer, params, body }) =>
    moveCall(deps, viewer, { callId: params.callId, clientId: clientOf(viewer, body.clientId) }),
});
