import { changeConversationSchema } from '@parley/call-protocol';
import { changeConversation } from '@/lib/calls/commands/change-conversation';
import { conversationParams } from '@/lib/conversations/params';
import { requireConversation } from '@/lib/conversations/read-conversations';
import { defineRoute } from '@/lib/http/define-route';

export const GET = defineRoute({
  access: 'signed_in',
  params: conversationParams,
  handle: ({ deps, viewer, params }) => requireConversation(deps, viewer.userId, params.conversationId),
});

export const PATCH = defineRoute({
  access: 'signed_in',
  params: conversationParams,
  body: changeConversationSchema,
  handle: ({ deps, viewer, params, body }) =>
    changeConversation(deps, viewer.userId, params.conversationId, body),
});
