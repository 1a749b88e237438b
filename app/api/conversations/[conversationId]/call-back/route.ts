import { dropCallBack } from '@/lib/conversations/call-back';
import { conversationParams } from '@/lib/conversations/params';
import { defineRoute } from '@/lib/http/define-route';

export const DELETE = defineRoute({
  access: 'signed_in',
  params: conversationParams,
  handle: ({ deps, viewer, params }) => dropCallBack(deps, viewer.userId, params.conversationId),
});
