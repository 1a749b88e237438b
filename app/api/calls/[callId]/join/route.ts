import { enterCall } from '@/lib/calls/commands/enter-call';
import { callParams, enterBody } from '@/lib/calls/params';
import { defineRoute } from '@/lib/http/define-route';
import { clientOf } from '@/lib/viewer';

export const POST = defineRoute({
  access: 'signed_in',
  params: callParams,
  body: enterBody,
  handle: ({ deps, viewer, params, body }) =>
    enterCall(deps, viewer, {
      callId: params.callId,
      clientId: clientOf(viewer, body.clientId),
      switchFrom: body.switchFrom ?? null,
    }),
});
