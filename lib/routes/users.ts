import 'server-only';
import { choosePasswordSchema, registerSchema } from '@parley/call-protocol';
import { prepareChosenPassword } from '@/lib/auth/choose-password';
import { hashPassword } from '@/lib/auth/password';
import { blockUser } from '@/lib/calls/commands/block-user';
import { endSignIns } from '@/lib/calls/commands/end-sign-ins';
import { AppError } from '@/lib/errors';
import { Answer } from '@/lib/http/answer';
import { clientAddress } from '@/lib/http/client-address';
import { defineRoute } from '@/lib/http/define-route';
import { countRegistration } from '@/lib/http/rate-limit';
import { lookAt } from '@/lib/realtime/look-at';
import { unblockUser } from '@/lib/users/block';
import { findPeople } from '@/lib/users/find-people';
import { peopleQuery, pictureParams, userParams, writePlace } from '@/lib/users/params';
import { findPeopleHere } from '@/lib/users/people-here';
import { readPicture } from '@/lib/users/picture';
import { readUser, readUsers } from '@/lib/users/read-users';
import { register } from '@/lib/users/register';

export const userRoutes = {
  /** Sets a new password with the operator's link, which identifies the account. */
  'POST /api/passwords': defineRoute({
    access: 'anyone',
    body: choosePasswordSchema,
    handle: async ({ deps, body, request }) => {
      await countRegistration(deps, clientAddress(request.headers, deps.env));
      const { userId, choose } = await prepareChosenPassword(deps, body);
      const { username } = await endSignIns(deps, userId, choose);
      return { username };
    },
  }),

  /** These people, or one page by name of everyone or of those who are here, or of those whom a search finds. */
  'GET /api/users': defineRoute({
    access: 'signed_in',
    query: peopleQuery,
    handle: async ({ deps, viewer, query }) => {
      const { ids, next, ...counted } = query.ids
        ? { ids: query.ids, next: null }
        : query.presence
          ? await findPeopleHere(deps, query)
          : await findPeople(deps.db, query);
      await lookAt(deps, viewer, ids);
      return { users: await readUsers(deps, viewer.userId, ids), next: next && writePlace(next), ...counted };
    },
  }),

  'POST /api/users': defineRoute({
    access: 'anyone',
    body: registerSchema,
    status: 201,
    handle: async ({ deps, body, request }) => {
      await countRegistration(deps, clientAddress(request.headers, deps.env));
      return register(deps, body, hashPassword);
    },
  }),

  'GET /api/users/[userId]': defineRoute({
    access: 'signed_in',
    params: userParams,
    handle: async ({ deps, viewer, params }) => {
      const user = await readUser(deps, viewer.userId, params.userId);
      if (!user) throw new AppError('not_found', 'server.noSuchPerson');
      return user;
    },
  }),

  /** A picture's address changes with its content, so responses may be cached for ever. */
  'GET /api/users/[userId]/avatar/[name]': defineRoute({
    access: 'signed_in',
    params: pictureParams,
    handle: async ({ deps, params }) =>
      new Answer(200, await readPicture(deps, params.userId, params.name), {
        'content-type': 'image/webp',
        'content-security-policy': "default-src 'none'",
        'cache-control': 'private, max-age=31536000, immutable',
      }),
  }),

  /** Blocks a person: once this returns, rings and direct calls between the two have ended and new ones are refused. */
  'PUT /api/users/[userId]/block': defineRoute({
    access: 'signed_in',
    params: userParams,
    handle: ({ deps, viewer, params }) => blockUser(deps, viewer.userId, params.userId),
  }),

  'DELETE /api/users/[userId]/block': defineRoute({
    access: 'signed_in',
    params: userParams,
    handle: ({ deps, viewer, params }) => unblockUser(deps, viewer.userId, params.userId),
  }),
};
