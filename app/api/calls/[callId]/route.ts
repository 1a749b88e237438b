import { callParams } from '@/lib/calls/params';
import { requireView } from '@/lib/calls/reads/read-calls';
import { defineRoute } from '@/lib/http/define-route';

export const GET = defineRoute({
  access: 'signed_in',
  params: callParams,
  handle: async ({ deps, viewer, params }) => ({
    call: await requireView(deps, viewer.userId, params.callId),
  }),
});
