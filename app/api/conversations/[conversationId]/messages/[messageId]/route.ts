import { deleteMessage } from '@/lib/conversations/delete-message';
import { messageParams } from '@/lib/conversations/params';
import { defineRoute } from '@/lib/http/define-route';

export const DELETE = defineRoute({
  access: 'signed_in',
  params: messageParams,
  handle: ({ deps, viewer, params }) =>
    deleteMessage(deps, viewer.userId, params.conversationId, params.messageId),
});
