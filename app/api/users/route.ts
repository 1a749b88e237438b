import { registerSchema } from '@parley/call-protocol';
import { hashPassword } from '@/lib/auth/password';
import { clientAddress } from '@/lib/http/client-address';
import { defineRoute } from '@/lib/http/define-route';
import { countRegistration } from '@/lib/http/rate-limit';
import { readUsers } from '@/lib/users/read-users';
import { register } from '@/lib/users/register';

export const GET = defineRoute({
  access: 'signed_in',
  handle: async ({ deps, viewer }) => ({ users: await readUsers(deps, viewer.userId) }),
});

export const POST = defineRoute({
  access: 'anyone',
  body: registerSchema,
  status: 201,
  handle: async ({ deps, body, request }) => {
    await countRegistration(deps, clientAddress(request.headers, deps.env));
    return register(deps, body, hashPassword);
  },
});
