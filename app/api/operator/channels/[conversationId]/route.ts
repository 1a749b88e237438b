import { channelSchema } from '@parley/call-protocol';
import { defineRoute } from '@/lib/http/define-route';
import { renameChannel } from '@/lib/operator/change-channels';
import { channelParams } from '@/lib/operator/params';

export const PATCH = defineRoute({
  access: 'operator',
  params: channelParams,
  body: channelSchema,
  handle: ({ deps, viewer, params, body }) =>
    renameChannel(deps, viewer.userId, params.conversationId, body.title),
});
