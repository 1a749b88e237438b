import { leaveByRequest } from '@/lib/calls/commands/leave-call';
import { leaveByRequestBody } from '@/lib/calls/params';
import { defineRoute } from '@/lib/http/define-route';
import { clientOf } from '@/lib/viewer';

export const POST = defineRoute({
  access: 'signed_in',
  countsAs: 'nothing',
  body: leaveByRequestBody,
  handle: async ({ deps, viewer, body }) => ({
    call: await leaveByRequest(deps, viewer, {
      requestId: body.requestId,
      clientId: clientOf(viewer, body.clientId),
    }),
  }),
});
