import { channelSchema } from '@parley/call-protocol';
import { defineRoute } from '@/lib/http/define-route';
import { createChannel } from '@/lib/operator/change-channels';

export const POST = defineRoute({
  access: 'operator',
  body: channelSchema,
  status: 201,
  handle: ({ deps, viewer, body }) => createChannel(deps, viewer.userId, body.title),
});
