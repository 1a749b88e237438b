import { rememberBrowser } from '@/lib/auth/known-browser';
import { revokeSignIn } from '@/lib/auth/revoke-sign-ins';
import { clearedSessionCookie } from '@/lib/auth/session-cookie';
import { endSignIns } from '@/lib/calls/commands/end-sign-ins';
import { defineRoute } from '@/lib/http/define-route';

/** Revokes this sign-in only: its streams close, its clients leave their call, its cookie is cleared. */
export const POST = defineRoute({
  access: 'signed_in',
  countsAs: 'nothing',
  handle: async ({ deps, viewer, request }) => {
    await endSignIns(deps, async (tx) => ({
      revoked: await revokeSignIn(tx, deps.clock.wallNow(), viewer.signInId),
    }));
    const headers = new Headers({ 'set-cookie': clearedSessionCookie(deps.env) });
    // Also for sign-ins from before there was this cookie.
    headers.append('set-cookie', await rememberBrowser(deps.env, request.headers, viewer.userId));
    return new Response(null, { status: 204, headers });
  },
});
