import { askReception, reportReception } from '@/lib/calls/commands/compare-reception';
import { callParams, receptionBody } from '@/lib/calls/params';
import { defineRoute } from '@/lib/http/define-route';
import { countReception } from '@/lib/http/rate-limit';

export const POST = defineRoute({
  access: 'signed_in',
  params: callParams,
  body: receptionBody,
  countsAs: 'nothing',
  handle: async ({ deps, viewer, params: { callId }, body }) => {
    await countReception(deps, viewer.userId);
    if ('asks' in body) await askReception(deps, viewer, callId);
    else {
      const { toUserId, ...reception } = body;
      await reportReception(deps, viewer, { callId, toUserId, reception });
    }
  },
});
