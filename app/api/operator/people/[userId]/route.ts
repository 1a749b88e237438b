import { defineRoute } from '@/lib/http/define-route';
import { personParams } from '@/lib/operator/params';
import { removePerson } from '@/lib/operator/remove-person';

export const DELETE = defineRoute({
  access: 'operator',
  params: personParams,
  handle: ({ deps, viewer, params }) => removePerson(deps, viewer.userId, params.userId),
});
