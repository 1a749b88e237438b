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
const messagePage = object({ messages: z.array(messageViewSchema), nextBefore: z.nullable(z.number()) });
const newerPage = object({ messages: z.array(messageViewSchema), nextAfter: z.nullable(z.number()) });
const callPage = object({ entries: z.array(callEntrySchema), nextBefore: z.nullable(z.number()) });

const at = (id: string) => `/api/conversations/${encodeURIComponent(id)}`;

/** The HTTP API of docs/calls.md, without the call commands: those belong to the kit. */
export const api = {
  createConversation: (userIds: string[], title?: string) =>
    request('POST', '/api/conversations', conversationViewSchema, title ? { userIds, title } : { userIds }),
  changeConversation: (id: string, change: { title?: string; callsMuted?: boolean }) =>
    request('PATCH', at(id), nothing, change),
  addMember: (id: string, userId: string) =>
    request('PUT', `${at(id)}/members/${encodeURIComponent(userId)}`, nothing),
  dropCallBack: (id: string) => request('DELETE', `${at(id)}/call-back`, nothing),
  removeMember: (id: string, userId: string) =>
    request('DELETE', `${at(id)}/members/${encodeURIComponent(userId)}`, nothing),
  markRead: (id: string, seq: number) => request('PUT', `${at(id)}/read`, nothing, { seq }),
  /** Newest page first; `before` is a position, exclusive. */
  messages: (id: string, limit: number, before?: number) =>
    request(
      'GET',
      `${at(id)}/messages?limit=${limit}${before === undefined ? '' : `&before=${before}`}`,
      messagePage,
    ),
  /** The page that follows a position, newest first. */
  newerMessages: (id: string, limit: number, after: number) =>
    request('GET', `${at(id)}/messages?limit=${limit}&after=${after}`, newerPage),
  sendMessage: (id: string, text: string, clientMessageId: string) =>
    request('POST', `${at(id)}/messages`, messageViewSchema, { text, clientMessageId }),
  deleteMessage: (id: string, messageId: string) =>
    request('DELETE', `${at(id)}/messages/${encodeURIComponent(messageId)}`, nothing),
  callHistory: (filter: 'all' | 'missed', before?: number) => {
    const query = new URLSearchParams();
    if (filter === 'missed') query.set('filter', 'missed');
    if (before !== undefined) query.set('before', String(before));
    return request('GET', `/api/calls${query.size > 0 ? `?${query}` : ''}`, callPage);
  },
  register: (body: { username: string; password: string; displayName?: string; invite?: string }) =>
    request('POST', '/api/users', nothing, body),
  block: (userId: string) => request('PUT', `/api/users/${encodeURIComponent(userId)}/block`, nothing),
  unblock: (userId: string) => request('DELETE', `/api/users/${encodeURIComponent(userId)}/block`, nothing),
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
