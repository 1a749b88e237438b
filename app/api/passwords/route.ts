import { choosePasswordSchema } from '@parley/call-protocol';
import { prepareChosenPassword } from '@/lib/auth/choose-password';
import { endSignIns } from '@/lib/calls/commands/end-sign-ins';
import { clientAddress } from '@/lib/http/client-address';
import { defineRoute } from '@/lib/http/define-route';
import { countRegistration } from '@/lib/http/rate-limit';

/** Sets a new password with the operator's link, which identifies the account. */
export const POST = defineRoute({
  access: 'anyone',
  body: choosePasswordSchema,
  handle: async ({ deps, body, request }) => {
    await countRegistration(deps, clientAddress(request.headers, deps.env));
    const { username } = await endSignIns(deps, await prepareChosenPassword(deps, body));
    return { username };
  },
});
