import { defineRoute } from '@/lib/http/define-route';
import { personParams } from '@/lib/operator/params';
import { resetPassword } from '@/lib/operator/reset-password';

export const POST = defineRoute({
  access: 'operator',
  params: personParams,
  status: 201,
  handle: ({ deps, viewer, params }) => resetPassword(deps, viewer.userId, params.userId),
});
