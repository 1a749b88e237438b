import { conversationParams, pageQuery } from '@/lib/conversations/params';
import { readMessages } from '@/lib/conversations/read-messages';
import { sendMessage } from '@/lib/conversations/send-message';
import { defineRoute } from '@/lib/http/define-route';
import { sendMessageSchema } from '@/lib/protocol';

export const GET = defineRoute({
  access: 'signed_in',
  params: conversationParams,
  query: pageQuery,
  handle: ({ deps, viewer, params, query }) =>
    readMessages(deps, viewer.userId, params.conversationId, {
      before: query.before ?? null,
      limit: query.limit,
    }),
});

export const POST = defineRoute({
  access: 'signed_in',
  params: conversationParams,
  body: sendMessageSchema,
  handle: async ({ deps, viewer, params, body }) => {
    const { message, isNew } = await sendMessage(deps, viewer.userId, params.conversationId, {
      text: body.text,
      clientMessageId: body.clientMessageId ?? null,
    });
    return Response.json(message, { status: isNew ? 201 : 200 });
  },
});
