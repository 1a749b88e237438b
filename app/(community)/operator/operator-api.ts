import { madeLinkSchema, operatorPeopleSchema, operatorViewSchema } from '@parley/call-protocol';
import { nothing, queryOf, request } from '../_store/api';

const person = (id: string) => `/api/operator/people/${encodeURIComponent(id)}`;

/** The HTTP client of the operator's screen. */
export const operatorApi = {
  view: () => request('GET', '/api/operator', operatorViewSchema),
  people: (query: { search?: string | undefined; after?: string | undefined; limit: number }) =>
    request('GET', `/api/operator/people${queryOf(query)}`, operatorPeopleSchema),
  changeCommunity: (change: { name?: string; registration?: 'invite' | 'open' }) =>
    request('PATCH', '/api/operator', nothing, change),
  createChannel: (title: string) => request('POST', '/api/operator/channels', nothing, { title }),
  renameChannel: (id: string, title: string) =>
    request('PATCH', `/api/operator/channels/${encodeURIComponent(id)}`, nothing, { title }),
  makeInvite: (days: number | null, maxUses: number | null) =>
    request('POST', '/api/operator/invites', madeLinkSchema, { days, maxUses }),
  revokeInvite: (id: string) => request('DELETE', `/api/operator/invites/${encodeURIComponent(id)}`, nothing),
  suspend: (id: string) => request('PUT', `${person(id)}/suspension`, nothing),
  unsuspend: (id: string) => request('DELETE', `${person(id)}/suspension`, nothing),
  remove: (id: string) => request('DELETE', person(id), nothing),
  resetPassword: (id: string) => request('POST', `${person(id)}/password-link`, madeLinkSchema),
};

/** Runs an action and reloads the screen; returns a sentence when the action fails, else null. */
export type Act = (work: () => Promise<unknown>) => Promise<string | null>;
