import { startCall } from '@/lib/calls/commands/start-call';
import { historyQuery, startBody } from '@/lib/calls/params';
import { readHistory } from '@/lib/calls/reads/read-calls';
import { AppError } from '@/lib/errors';
import { defineRoute } from '@/lib/http/define-route';
import { clientOf } from '@/lib/viewer';

export const GET = defineRoute({
  access: 'signed_in',
  query: historyQuery,
  handle: ({ deps, viewer, query }) =>
    readHistory(deps, viewer.userId, {
      filter: query.filter,
      before: query.before ?? null,
      limit: query.limit,
    }),
});

export const POST = defineRoute({
  access: 'signed_in',
  body: startBody,
  handle: async ({ deps, viewer, body }) => {
    const { conversationId, userId } = body;
    const target = conversationId ? { conversationId } : userId ? { userId } : null;
    if (!target) throw new AppError('invalid_input', 'server.nameTarget');
    const { isNew, ...answer } = await startCall(deps, viewer, {
      target,
      requestId: body.requestId ?? null,
      clientId: clientOf(viewer, body.clientId),
      switchFrom: body.switchFrom ?? null,
      line: body.line ?? null,
    });
    return Response.json(answer, { status: isNew ? 201 : 200 });
  },
});
