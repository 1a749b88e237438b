import 'server-only';
import { changeMeSchema, changePasswordSchema } from '@parley/call-protocol';
import { preparePasswordChange } from '@/lib/auth/change-password';
import { rememberBrowser } from '@/lib/auth/known-browser';
import { revokeSignIn } from '@/lib/auth/revoke-sign-ins';
import { clearedSessionCookie } from '@/lib/auth/session-cookie';
import { changeMe } from '@/lib/calls/commands/change-me';
import { endSignIns } from '@/lib/calls/commands/end-sign-ins';
import { Answer } from '@/lib/http/answer';
import { defineRoute } from '@/lib/http/define-route';
import { readBytes } from '@/lib/http/read-body';
import { readBlocks } from '@/lib/users/block';
import { changePicture, maxPictureBytes } from '@/lib/users/picture';
import { readMe } from '@/lib/users/read-me';
import { readPersons } from '@/lib/users/read-users';

export const meRoutes = {
  'GET /api/me': defineRoute({
    access: 'signed_in',
    handle: async ({ deps, viewer }) => {
      const [person] = await readPersons(deps.db, [viewer.userId]);
      return { ...person, ...(await readMe(deps.db, viewer.userId)) };
    },
  }),

  'PATCH /api/me': defineRoute({
    access: 'signed_in',
    body: changeMeSchema,
    handle: ({ deps, viewer, body }) => changeMe(deps, viewer.userId, body),
  }),

  /** The request body is the image file. */
  'PUT /api/me/avatar': defineRoute({
    access: 'signed_in',
    handle: async ({ deps, viewer, request }) =>
      changePicture(deps, viewer.userId, await readBytes(request, maxPictureBytes)),
  }),

  'GET /api/me/blocks': defineRoute({
    access: 'signed_in',
    handle: async ({ deps, viewer }) => ({ users: await readBlocks(deps, viewer.userId) }),
  }),

  /** Changes the password and revokes every other sign-in: its streams close and its clients leave their call. */
  'PUT /api/me/password': defineRoute({
    access: 'signed_in',
    countsAs: 'nothing',
    body: changePasswordSchema,
    handle: async ({ deps, viewer, body }) => {
      await endSignIns(deps, viewer.userId, await preparePasswordChange(deps, viewer, body));
    },
  }),

  /** Revokes this sign-in only: its streams close, its clients leave their call, its cookie is cleared. */
  'POST /api/me/sign-out': defineRoute({
    access: 'signed_in',
    countsAs: 'nothing',
    handle: async ({ deps, viewer, request }) => {
      await endSignIns(deps, viewer.userId, async (tx) => ({
        revoked: await revokeSignIn(tx, deps.clock.wallNow(), viewer.signInId),
      }));
      // Also for sign-ins from before there was this cookie.
      const known = await rememberBrowser(deps.env, request.headers, viewer.userId);
      return new Answer(204, null, { 'set-cookie': [clearedSessionCookie(deps.env), known] });
    },
  }),
};
