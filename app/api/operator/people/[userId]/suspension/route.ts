import { defineRoute } from '@/lib/http/define-route';
import { personParams } from '@/lib/operator/params';
import { suspendPerson, unsuspendPerson } from '@/lib/operator/suspend-person';

export const PUT = defineRoute({
  access: 'operator',
  params: personParams,
  handle: ({ deps, viewer, params }) => suspendPerson(deps, viewer.userId, params.userId),
});

export const DELETE = defineRoute({
  access: 'operator',
  params: personParams,
  handle: ({ deps, viewer, params }) => unsuspendPerson(deps, viewer.userId, params.userId),
});
