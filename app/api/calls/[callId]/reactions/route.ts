import { react } from '@/lib/calls/commands/react';
import { callParams, reactionBody } from '@/lib/calls/params';
import { defineRoute } from '@/lib/http/define-route';
import { countGesture } from '@/lib/http/rate-limit';

export const POST = defineRoute({
  access: 'signed_in',
  params: callParams,
  body: reactionBody,
  countsAs: 'nothing',
  handle: async ({ deps, viewer, params, body }) => {
    await countGesture(deps, viewer.userId);
    await react(deps, viewer, { callId: params.callId, reaction: body.reaction });
  },
});
