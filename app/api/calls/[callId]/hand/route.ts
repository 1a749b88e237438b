import { raiseHand } from '@/lib/calls/commands/raise-hand';
import { callParams, handBody } from '@/lib/calls/params';
import { defineRoute } from '@/lib/http/define-route';
import { countGesture } from '@/lib/http/rate-limit';

export const POST = defineRoute({
  access: 'signed_in',
  params: callParams,
  body: handBody,
  countsAs: 'nothing',
  handle: async ({ deps, viewer, params, body }) => {
    await countGesture(deps, viewer.userId);
    return { call: await raiseHand(deps, viewer, { callId: params.callId, isRaised: body.isRaised }) };
  },
});
