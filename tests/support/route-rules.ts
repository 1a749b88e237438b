/** Who may use a route. A member is one of the conversation that the id belongs to. */
export type Who = 'anyone' | 'signed_in' | 'member' | 'operator';

type Rule = {
  who: Who;
  /** A body that passes the check of its form, so that the response depends on the viewer's rights alone. */
  body?: unknown;
  /** What the member's own answer is, where it is no success; so that a member's request may lack sense. */
  memberGets?: number;
};

const page = { who: 'signed_in' } as const;

/**
 * Every route and method of the build and who may use it (docs/cases.md, case 32). A route or method
 * that is missing here fails the tests of cases 32 and 34: decide, then add it.
 */
export const routeRules: Record<string, Record<string, Rule>> = {
  '/api/auth/[...nextauth]': { GET: { who: 'anyone' }, POST: { who: 'anyone' } },
  '/api/calls': {
    GET: { who: 'signed_in' },
    POST: { who: 'member', body: { conversationId: '[conversationId]', clientId: 'tab-of-the-matrix' } },
  },
  '/api/calls/leave': { POST: { who: 'signed_in', body: { requestId: 'request-of-the-matrix' } } },
  '/api/calls/[callId]': { GET: { who: 'member' } },
  '/api/calls/[callId]/accept': { POST: { who: 'member', body: { clientId: 'tab-of-the-matrix' } } },
  '/api/calls/[callId]/decline': { POST: { who: 'member' } },
  // Hands and reactions are for who is in the call.
  '/api/calls/[callId]/hand': { POST: { who: 'member', body: { isRaised: true }, memberGets: 403 } },
  '/api/calls/[callId]/join': { POST: { who: 'member', body: { clientId: 'tab-of-the-matrix' } } },
  '/api/calls/[callId]/leave': { POST: { who: 'member' } },
  '/api/calls/[callId]/move': { POST: { who: 'member', body: { clientId: 'tab-of-the-matrix' } } },
  '/api/calls/[callId]/reactions': { POST: { who: 'member', body: { reaction: 'heart' }, memberGets: 403 } },
  '/api/calls/[callId]/reception': { POST: { who: 'member', body: { asks: true }, memberGets: 403 } },
  // Ringing again is for who is in the call; a member who is not receives 403, other users 404.
  // The matrix names no ring of the member's own.
  '/api/calls/[callId]/reply': {
    POST: {
      who: 'member',
      body: { ringId: 'ring_0fthematrix', text: 'hi', clientMessageId: 'message-of-the-matrix' },
      memberGets: 404,
    },
  },
  '/api/calls/[callId]/ring': { POST: { who: 'member', body: { userId: '[userId]' }, memberGets: 403 } },
  '/api/calls/[callId]/ringing': { POST: { who: 'member' } },
  // Only who started a ring stops it.
  '/api/calls/[callId]/stop-ring': {
    POST: { who: 'member', body: { userId: '[userId]' }, memberGets: 403 },
  },
  '/api/conversations': {
    GET: { who: 'signed_in' },
    POST: { who: 'signed_in', body: { userIds: ['[userId]'] } },
  },
  '/api/conversations/[conversationId]': {
    GET: { who: 'member' },
    PATCH: { who: 'member', body: { callsMuted: true } },
  },
  // Only the creator adds and removes.
  '/api/conversations/[conversationId]/call-back': { DELETE: { who: 'member' } },
  '/api/conversations/[conversationId]/members/[userId]': {
    PUT: { who: 'member', memberGets: 403 },
    DELETE: { who: 'member', memberGets: 403 },
  },
  '/api/conversations/[conversationId]/messages': {
    GET: { who: 'member' },
    POST: { who: 'member', body: { text: 'hello' } },
  },
  // Only its author deletes a message.
  '/api/conversations/[conversationId]/messages/[messageId]': { DELETE: { who: 'member', memberGets: 403 } },
  '/api/conversations/[conversationId]/read': { PUT: { who: 'member', body: { seq: 1 } } },
  '/api/events': { GET: { who: 'signed_in' } },
  '/api/events/alive': { POST: { who: 'signed_in', body: { isInFront: true } } },
  '/api/health': { GET: { who: 'anyone' } },
  '/api/health/live': { GET: { who: 'anyone' } },
  '/api/livekit/webhook': { POST: { who: 'anyone' } },
  '/api/me': { GET: { who: 'signed_in' }, PATCH: { who: 'signed_in', body: { about: 'me' } } },
  '/api/me/avatar': { PUT: { who: 'signed_in' } },
  '/api/me/blocks': { GET: { who: 'signed_in' } },
  '/api/me/password': {
    PUT: { who: 'signed_in', body: { currentPassword: 'not it', newPassword: 'long enough' } },
  },
  '/api/me/sign-out': { POST: { who: 'signed_in' } },
  '/api/metrics': { GET: { who: 'anyone' } },
  '/api/operator': {
    GET: { who: 'operator' },
    PATCH: { who: 'operator', body: { name: 'Mine now' } },
  },
  '/api/operator/channels': { POST: { who: 'operator', body: { title: 'mine' } } },
  '/api/operator/channels/[conversationId]': { PATCH: { who: 'operator', body: { title: 'mine' } } },
  '/api/operator/invites': { POST: { who: 'operator', body: {} } },
  '/api/operator/invites/[linkId]': { DELETE: { who: 'operator' } },
  '/api/operator/people': { GET: { who: 'operator' } },
  '/api/operator/people/[userId]': { DELETE: { who: 'operator' } },
  '/api/operator/people/[userId]/password-link': { POST: { who: 'operator' } },
  '/api/operator/people/[userId]/suspension': { PUT: { who: 'operator' }, DELETE: { who: 'operator' } },
  '/api/passwords': { POST: { who: 'anyone', body: { token: 'x', password: 'long enough' } } },
  '/api/push': {
    GET: { who: 'signed_in' },
    PUT: {
      who: 'signed_in',
      body: {
        endpoint: 'https://push.example.org/of-the-matrix',
        keys: {
          p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
          auth: 'BTBZMqHH6r4Tts7J_aSIgg',
        },
        serverKey: 'not-ours',
      },
    },
  },
  '/api/push/conversations/[conversationId]': { GET: { who: 'member' } },
  '/api/push/devices/[deviceId]': {
    DELETE: { who: 'signed_in' },
    PATCH: { who: 'signed_in', body: { showsText: false } },
  },
  '/api/push/devices/[deviceId]/test': { POST: { who: 'signed_in' } },
  '/api/push/rings/[ringId]': { GET: { who: 'signed_in' } },
  '/api/push/rings/[ringId]/redeem': { POST: { who: 'signed_in', body: { pass: 'x' } } },
  '/api/push/test': { GET: { who: 'signed_in' } },
  '/api/users': {
    GET: { who: 'signed_in' },
    POST: { who: 'anyone', body: { username: 'x', password: 'y' } },
  },
  '/api/users/[userId]': { GET: { who: 'signed_in' } },
  '/api/users/[userId]/avatar/[name]': { GET: { who: 'signed_in' } },
  '/api/users/[userId]/block': { PUT: { who: 'signed_in' }, DELETE: { who: 'signed_in' } },
};

/** The same for pages: those that need a sign-in redirect to the form without one. */
export const pageRules: Record<string, { who: Who }> = {
  '/': { who: 'anyone' },
  '/login': { who: 'anyone' },
  '/register': { who: 'anyone' },
  '/new-password': { who: 'anyone' },
  '/calls': page,
  '/messages/[[...conversation]]': page,
  '/operator': { who: 'operator' },
  '/settings': page,
};
