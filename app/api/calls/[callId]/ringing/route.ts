import { confirmRing } from '@/lib/calls/commands/confirm-ring';
import { callParams } from '@/lib/calls/params';
import { defineRoute } from '@/lib/http/define-route';

export const POST = defineRoute({
  access: 'signed_in',
  params: callParams,
  handle: async ({ deps, viewer, params }) => ({ call: await confirmRing(deps, viewer, params.callId) }),
});
