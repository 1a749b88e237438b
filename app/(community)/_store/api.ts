import {
  callEntrySchema,
  conversationViewSchema,
  errorStatus,
  isOurSuccess,
  messageViewSchema,
  object,
  type Permission,
  problemIn,
  retryAfterMs,
  userViewSchema,
} from '@parley/call-protocol';
import { z } from 'zod/mini';
import { ApiError } from '../../_language/api-error';

const firstPauseMs = 3000;
const longestPauseMs = 60_000;

/**
 * Returns how long to wait before the same request is sent again, in milliseconds; null when it failed for good.
 *
 * @param tries How often it was sent again already: each pause is twice as long as the one before.
 */
export function pauseBeforeRetry(error: unknown, tries: number): number | null {
  if (!(error instanceof ApiError)) return null;
  const mayPass = error.code === 'offline' || error.code === 'rate_limited' || errorStatus[error.code] >= 500;
  return mayPass ? Math.max(error.retryAfterMs, Math.min(longestPauseMs, firstPauseMs * 2 ** tries)) : null;
}

const offline = () => new ApiError('offline', 'ui.offline');

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request of our own pages. Throws ApiError with a sentence for the person. */
export async function request<T>(
  method: Method,
  path: string,
  schema: z.ZodMiniType<T>,
  body?: unknown,
): Promise<T> {
  const isFile = body instanceof Blob;
  const answer = await fetch(path, {
    method,
    credentials: 'same-origin',
    ...(body === undefined
      ? {}
      : isFile
        ? { body, headers: { 'content-type': body.type || 'application/octet-stream' } }
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }).catch(() => {
    throw offline();
  });
  const content: unknown = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) {
    const problem = problemIn(answer, content);
    // An intermediary responded, for example a proxy while the server restarts.
    if (!problem) throw offline();
    throw new ApiError(problem.code, problem.detail ?? problem.title, retryAfterMs(answer));
  }
  // A page with status 200: the request has not reached the server.
  if (!isOurSuccess(answer)) throw offline();
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw new ApiError('internal', 'ui.strangeAnswer');
  return parsed.data;
}

/** The schema of a response whose content is not used. */
export const nothing = z.pipe(
  z.unknown(),
  z.transform(() => undefined),
);
/** The people whom the page names, when they were asked for. */
const people = z.optional(z.array(userViewSchema));
const messagePage = object({
  messages: z.array(messageViewSchema),
  nextBefore: z.nullable(z.number()),
  people,
});
const newerPage = object({ messages: z.array(messageViewSchema), nextAfter: z.nullable(z.number()), people });
const callPage = object({ entries: z.array(callEntrySchema), nextBefore: z.nullable(z.number()), people });
const peoplePage = object({
  users: z.array(userViewSchema),
  next: z.nullable(z.string()),
  count: z.optional(z.number()),
});

/** Those of these parameters that are given, as a query. */
export function queryOf(parameters: Record<string, string | number | undefined>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}

/** With whom it names: for a client that does not know everyone. */
type Naming = { people?: 'named' | undefined };

const at = (id: string) => `/api/conversations/${encodeURIComponent(id)}`;

/** The HTTP API of docs/calls.md, without the call commands: those belong to the kit. */
export const api = {
  createConversation: (userIds: string[], title?: string) =>
    request('POST', '/api/conversations', conversationViewSchema, title ? { userIds, title } : { userIds }),
  changeConversation: (
    id: string,
    change: { title?: string; callsMuted?: boolean; messagesMuted?: boolean },
  ) => request('PATCH', at(id), nothing, change),
  addMember: (id: string, userId: string) =>
    request('PUT', `${at(id)}/members/${encodeURIComponent(userId)}`, nothing),
  dropCallBack: (id: string) => request('DELETE', `${at(id)}/call-back`, nothing),
  removeMember: (id: string, userId: string) =>
    request('DELETE', `${at(id)}/members/${encodeURIComponent(userId)}`, nothing),
  markRead: (id: string, seq: number) => request('PUT', `${at(id)}/read`, nothing, { seq }),
  /** Newest page first; `before` is a position, exclusive. */
  messages: (id: string, query: Naming & { limit: number; before?: number | undefined }) =>
    request('GET', `${at(id)}/messages${queryOf(query)}`, messagePage),
  /** The page that follows a position, newest first. */
  newerMessages: (id: string, query: Naming & { limit: number; after: number }) =>
    request('GET', `${at(id)}/messages${queryOf(query)}`, newerPage),
  sendMessage: (id: string, text: string, clientMessageId: string) =>
    request('POST', `${at(id)}/messages`, messageViewSchema, { text, clientMessageId }),
  deleteMessage: (id: string, messageId: string) =>
    request('DELETE', `${at(id)}/messages/${encodeURIComponent(messageId)}`, nothing),
  callHistory: (query: Naming & { filter?: 'missed' | undefined; before?: number | undefined }) =>
    request('GET', `/api/calls${queryOf(query)}`, callPage),
  register: (body: { username: string; password: string; displayName?: string; invite?: string }) =>
    request('POST', '/api/users', nothing, body),
  block: (userId: string) => request('PUT', `/api/users/${encodeURIComponent(userId)}/block`, nothing),
  unblock: (userId: string) => request('DELETE', `/api/users/${encodeURIComponent(userId)}/block`, nothing),
  /** One page by name of everyone, or of those with this part in their names, or of those who are here and how many. */
  people: (query: {
    search?: string | undefined;
    presence?: 'here' | undefined;
    after?: string | undefined;
    limit: number;
  }) => request('GET', `/api/users${queryOf(query)}`, peoplePage),
  /** These people, as far as they are in the community; at most 100. */
  peopleByIds: (ids: readonly string[]) => request('GET', `/api/users?ids=${ids.join()}`, peoplePage),
  user: (userId: string) => request('GET', `/api/users/${encodeURIComponent(userId)}`, userViewSchema),
  changeMe: (change: {
    displayName?: string;
    about?: string;
    messagePermission?: Permission;
    callPermission?: Permission;
    doNotDisturb?: boolean;
    missedCallsSeen?: true;
  }) => request('PATCH', '/api/me', nothing, change),
  uploadAvatar: (file: Blob) => request('PUT', '/api/me/avatar', nothing, file),
  changePassword: (currentPassword: string, newPassword: string) =>
    request('PUT', '/api/me/password', nothing, { currentPassword, newPassword }),
  choosePassword: (token: string, password: string) =>
    request('POST', '/api/passwords', object({ username: z.string() }), { token, password }),
  signOut: () => request('POST', '/api/me/sign-out', nothing),
};
