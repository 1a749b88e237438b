import { createGroup } from '@/lib/conversations/create-group';
import { openDirect } from '@/lib/conversations/open-direct';
import { createBody } from '@/lib/conversations/params';
import { readConversations } from '@/lib/conversations/read-conversations';
import { defineRoute } from '@/lib/http/define-route';

export const GET = defineRoute({
  access: 'signed_in',
  handle: async ({ deps, viewer }) => ({ conversations: await readConversations(deps, viewer.userId) }),
});

/** One person opens the direct conversation; several create a group. */
export const POST = defineRoute({
  access: 'signed_in',
  body: createBody,
  handle: async ({ deps, viewer, body }) => {
    const [first] = body.userIds;
    if (first && body.userIds.length === 1) {
      const { conversation, isNew } = await openDirect(deps, viewer.userId, first);
      return Response.json(conversation, { status: isNew ? 201 : 200 });
    }
    const group = { userIds: body.userIds, title: body.title ?? null };
    return Response.json(await createGroup(deps, viewer.userId, group), { status: 201 });
  },
});
