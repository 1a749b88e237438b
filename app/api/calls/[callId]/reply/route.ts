import { replyToCall } from '@/lib/calls/commands/reply-to-call';
import { callParams, replyBody } from '@/lib/calls/params';
import { defineRoute } from '@/lib/http/define-route';

export const POST = defineRoute({
  access: 'signed_in',
  params: callParams,
  body: replyBody,
  handle: async ({ deps, viewer, params, body }) => ({
    call: await replyToCall(deps, viewer, {
      ...params,
      ...body,
      callBackInMinutes: body.callBackInMinutes ?? null,
    }),
  }),
});
