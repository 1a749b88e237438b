import 'server-only';
import { changeCommunitySchema, channelSchema, makeInviteSchema } from '@parley/call-protocol';
import { defineRoute } from '@/lib/http/define-route';
import { createChannel, renameChannel } from '@/lib/operator/change-channels';
import { changeCommunity } from '@/lib/operator/change-community';
import { makeInvite, revokeInvite } from '@/lib/operator/invite-links';
import { channelParams, inviteParams, personParams } from '@/lib/operator/params';
import { readOperatorView } from '@/lib/operator/read-operator-view';
import { readPeople } from '@/lib/operator/read-people';
import { removePerson } from '@/lib/operator/remove-person';
import { resetPassword } from '@/lib/operator/reset-password';
import { suspendPerson, unsuspendPerson } from '@/lib/operator/suspend-person';
import { peoplePageQuery } from '@/lib/users/params';

export const operatorRoutes = {
  'GET /api/operator': defineRoute({
    access: 'operator',
    handle: ({ deps, viewer }) => readOperatorView(deps, viewer.userId),
  }),

  'PATCH /api/operator': defineRoute({
    access: 'operator',
    body: changeCommunitySchema,
    handle: ({ deps, viewer, body }) => changeCommunity(deps, viewer.userId, body),
  }),

  'POST /api/operator/channels': defineRoute({
    access: 'operator',
    body: channelSchema,
    status: 201,
    handle: ({ deps, viewer, body }) => createChannel(deps, viewer.userId, body.title),
  }),

  'PATCH /api/operator/channels/[conversationId]': defineRoute({
    access: 'operator',
    params: channelParams,
    body: channelSchema,
    handle: ({ deps, viewer, params, body }) =>
      renameChannel(deps, viewer.userId, params.conversationId, body.title),
  }),

  'POST /api/operator/invites': defineRoute({
    access: 'operator',
    body: makeInviteSchema,
    status: 201,
    handle: ({ deps, viewer, body }) => makeInvite(deps, viewer.userId, body),
  }),

  'DELETE /api/operator/invites/[linkId]': defineRoute({
    access: 'operator',
    params: inviteParams,
    handle: ({ deps, viewer, params }) => revokeInvite(deps, viewer.userId, params.linkId),
  }),

  'GET /api/operator/people': defineRoute({
    access: 'operator',
    query: peoplePageQuery,
    handle: ({ deps, viewer, query }) => readPeople(deps, viewer.userId, query),
  }),

  'DELETE /api/operator/people/[userId]': defineRoute({
    access: 'operator',
    params: personParams,
    handle: ({ deps, viewer, params }) => removePerson(deps, viewer.userId, params.userId),
  }),

  'POST /api/operator/people/[userId]/password-link': defineRoute({
    access: 'operator',
    params: personParams,
    status: 201,
    handle: ({ deps, viewer, params }) => resetPassword(deps, viewer.userId, params.userId),
  }),

  'PUT /api/operator/people/[userId]/suspension': defineRoute({
    access: 'operator',
    params: personParams,
    handle: ({ deps, viewer, params }) => suspendPerson(deps, viewer.userId, params.userId),
  }),

  'DELETE /api/operator/people/[userId]/suspension': defineRoute({
    access: 'operator',
    params: personParams,
    handle: ({ deps, viewer, params }) => unsuspendPerson(deps, viewer.userId, params.userId),
  }),
};
