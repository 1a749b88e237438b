import { quietRings } from '@/lib/calls/commands/quiet-rings';
import { refreshCall } from '@/lib/calls/commands/refresh-call';
import { changeConversation } from '@/lib/conversations/change-conversation';
import { conversationParams } from '@/lib/conversations/params';
import { requireConversation } from '@/lib/conversations/read-conversations';
import { defineRoute } from '@/lib/http/define-route';
import { changeConversationSchema } from '@/lib/protocol';

export const GET = defineRoute({
  access: 'signed_in',
  params: conversationParams,
  handle: ({ deps, viewer, params }) => requireConversation(deps, viewer.userId, params.conversationId),
});

export const PATCH = defineRoute({
  access: 'signed_in',
  params: conversationParams,
  body: changeConversationSchema,
  handle: async ({ deps, viewer, params, body }) => {
    const changed = await changeConversation(deps, viewer.userId, params.conversationId, body);
    if (body.callsMuted) await quietRings(deps, viewer.userId, params.conversationId);
    if (body.title !== undefined) await refreshCall(deps, params.conversationId);
    return changed;
  },
});
