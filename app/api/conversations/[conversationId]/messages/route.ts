import { sendMessageSchema } from '@parley/call-protocol';
import { conversationParams, pageQuery } from '@/lib/conversations/params';
import { readMessages, readNewerMessages } from '@/lib/conversations/read-messages';
import { sendMessage } from '@/lib/conversations/send-message';
import { defineRoute } from '@/lib/http/define-route';

export const GET = defineRoute({
  access: 'signed_in',
  params: conversationParams,
  query: pageQuery,
  handle: ({ deps, viewer, params, query: { before, after, limit } }) =>
    after === undefined
      ? readMessages(deps, viewer.userId, params.conversationId, { before: before ?? null, limit })
      : readNewerMessages(deps, viewer.userId, params.conversationId, { after, limit }),
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
