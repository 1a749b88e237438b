import 'server-only';
import { changeConversationSchema, markReadSchema, sendMessageSchema } from '@parley/call-protocol';
import { changeConversation } from '@/lib/calls/commands/change-conversation';
import { addToGroup, removeFromGroup } from '@/lib/calls/commands/change-members';
import { dropCallBack } from '@/lib/conversations/call-back';
import { createGroup } from '@/lib/conversations/create-group';
import { deleteMessage } from '@/lib/conversations/delete-message';
import { markRead } from '@/lib/conversations/mark-read';
import { openDirect } from '@/lib/conversations/open-direct';
import {
  conversationParams,
  createBody,
  memberParams,
  messageParams,
  pageQuery,
} from '@/lib/conversations/params';
import { readConversations, requireConversation } from '@/lib/conversations/read-conversations';
import { readMessages, readNewerMessages } from '@/lib/conversations/read-messages';
import { sendMessage } from '@/lib/conversations/send-message';
import { Answer } from '@/lib/http/answer';
import { defineRoute } from '@/lib/http/define-route';
import { namedInMessage } from '@/lib/realtime/named-people';
import { withPeople } from './with-people';

export const conversationRoutes = {
  'GET /api/conversations': defineRoute({
    access: 'signed_in',
    handle: async ({ deps, viewer }) => ({ conversations: await readConversations(deps, viewer.userId) }),
  }),

  /** One person opens the direct conversation; several create a group. */
  'POST /api/conversations': defineRoute({
    access: 'signed_in',
    body: createBody,
    handle: async ({ deps, viewer, body }) => {
      const [first] = body.userIds;
      if (first && body.userIds.length === 1) {
        const { conversation, isNew } = await openDirect(deps, viewer.userId, first);
        return Answer.json(conversation, isNew ? 201 : 200);
      }
      const group = { userIds: body.userIds, title: body.title ?? null };
      return Answer.json(await createGroup(deps, viewer.userId, group), 201);
    },
  }),

  'GET /api/conversations/[conversationId]': defineRoute({
    access: 'signed_in',
    params: conversationParams,
    handle: ({ deps, viewer, params }) => requireConversation(deps, viewer.userId, params.conversationId),
  }),

  'PATCH /api/conversations/[conversationId]': defineRoute({
    access: 'signed_in',
    params: conversationParams,
    body: changeConversationSchema,
    handle: ({ deps, viewer, params, body }) =>
      changeConversation(deps, viewer.userId, params.conversationId, body),
  }),

  'DELETE /api/conversations/[conversationId]/call-back': defineRoute({
    access: 'signed_in',
    params: conversationParams,
    handle: ({ deps, viewer, params }) => dropCallBack(deps, viewer.userId, params.conversationId),
  }),

  /** Adds a member, who sees **Join call** if a call is live and is not rung. */
  'PUT /api/conversations/[conversationId]/members/[userId]': defineRoute({
    access: 'signed_in',
    params: memberParams,
    handle: ({ deps, viewer, params }) =>
      addToGroup(deps, viewer.userId, params.conversationId, params.userId),
  }),

  /** Removes a member (or the viewer leaves); their ring and participation in a live call end. */
  'DELETE /api/conversations/[conversationId]/members/[userId]': defineRoute({
    access: 'signed_in',
    params: memberParams,
    handle: ({ deps, viewer, params }) =>
      removeFromGroup(deps, viewer.userId, params.conversationId, params.userId),
  }),

  'GET /api/conversations/[conversationId]/messages': defineRoute({
    access: 'signed_in',
    params: conversationParams,
    query: pageQuery,
    handle: async ({ deps, viewer, params, query }) => {
      const { before, after, limit } = query;
      const page =
        after === undefined
          ? await readMessages(deps, viewer.userId, params.conversationId, { before: before ?? null, limit })
          : await readNewerMessages(deps, viewer.userId, params.conversationId, { after, limit });
      return withPeople(deps, viewer, query, page, ({ messages }) => messages.flatMap(namedInMessage));
    },
  }),

  'POST /api/conversations/[conversationId]/messages': defineRoute({
    access: 'signed_in',
    params: conversationParams,
    body: sendMessageSchema,
    handle: async ({ deps, viewer, params, body }) => {
      const { message, isNew } = await sendMessage(deps, viewer.userId, params.conversationId, {
        text: body.text,
        clientMessageId: body.clientMessageId ?? null,
      });
      return Answer.json(message, isNew ? 201 : 200);
    },
  }),

  'DELETE /api/conversations/[conversationId]/messages/[messageId]': defineRoute({
    access: 'signed_in',
    params: messageParams,
    handle: ({ deps, viewer, params }) =>
      deleteMessage(deps, viewer.userId, params.conversationId, params.messageId),
  }),

  'PUT /api/conversations/[conversationId]/read': defineRoute({
    access: 'signed_in',
    params: conversationParams,
    body: markReadSchema,
    handle: ({ deps, viewer, params, body }) =>
      markRead(deps, viewer.userId, params.conversationId, body.seq),
  }),
};
