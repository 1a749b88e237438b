import { markReadSchema } from '@parley/call-protocol';
import { markRead } from '@/lib/conversations/mark-read';
import { conversationParams } from '@/lib/conversations/params';
import { defineRoute } from '@/lib/http/define-route';

export const PUT = defineRoute({
  access: 'signed_in',
  params: conversationParams,
  body: markReadSchema,
  handle: ({ deps, viewer, params, body }) => markRead(deps, viewer.userId, params.conversationId, body.seq),
});
