import 'server-only';
import { askReception, reportReception } from '@/lib/calls/commands/compare-reception';
import { confirmRing } from '@/lib/calls/commands/confirm-ring';
import { declineCall } from '@/lib/calls/commands/decline-call';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveByRequest, leaveCall } from '@/lib/calls/commands/leave-call';
import { moveCall } from '@/lib/calls/commands/move-call';
import { raiseHand } from '@/lib/calls/commands/raise-hand';
import { react } from '@/lib/calls/commands/react';
import { replyToCall } from '@/lib/calls/commands/reply-to-call';
import { ringAgain, stopRing } from '@/lib/calls/commands/ring-again';
import { startCall } from '@/lib/calls/commands/start-call';
import {
  callParams,
  declineBody,
  enterBody,
  handBody,
  historyQuery,
  leaveBody,
  leaveByRequestBody,
  moveBody,
  reactionBody,
  receptionBody,
  replyBody,
  ringBody,
  ringingBody,
  startBody,
} from '@/lib/calls/params';
import { readHistory, requireView } from '@/lib/calls/reads/read-calls';
import { AppError } from '@/lib/errors';
import { Answer } from '@/lib/http/answer';
import { defineRoute } from '@/lib/http/define-route';
import { countGesture, countReception } from '@/lib/http/rate-limit';
import type { ClientId } from '@/lib/ids';
import { namedInEntry } from '@/lib/realtime/named-people';
import { clientOf } from '@/lib/viewer';
import { withPeople } from './with-people';

/** Accepting a ring and joining are one command: what it is depends on the ring. */
const entering = defineRoute({
  access: 'signed_in',
  params: callParams,
  body: enterBody,
  handle: ({ deps, viewer, params, body }) =>
    enterCall(deps, viewer, {
      callId: params.callId,
      clientId: clientOf(viewer, body.clientId),
      switchFrom: body.switchFrom ?? null,
    }),
});

export const callRoutes = {
  'GET /api/calls': defineRoute({
    access: 'signed_in',
    query: historyQuery,
    handle: async ({ deps, viewer, query }) => {
      const { filter, before = null, limit } = query;
      const page = await readHistory(deps, viewer.userId, { filter, before, limit });
      return withPeople(deps, viewer, query, page, ({ entries }) => entries.flatMap(namedInEntry));
    },
  }),

  'POST /api/calls': defineRoute({
    access: 'signed_in',
    body: startBody,
    handle: async ({ deps, viewer, body }) => {
      const { conversationId, userId } = body;
      const target = conversationId ? { conversationId } : userId ? { userId } : null;
      if (!target) throw new AppError('invalid_input', 'server.nameTarget');
      const { isNew, ...answer } = await startCall(deps, viewer, {
        target,
        requestId: body.requestId ?? null,
        clientId: clientOf(viewer, body.clientId),
        switchFrom: body.switchFrom ?? null,
        line: body.line ?? null,
        sendsSilence: body.sendsSilence ?? false,
      });
      return Answer.json(answer, isNew ? 201 : 200);
    },
  }),

  'GET /api/calls/[callId]': defineRoute({
    access: 'signed_in',
    params: callParams,
    handle: async ({ deps, viewer, params }) => ({
      call: await requireView(deps, viewer.userId, params.callId),
    }),
  }),

  'POST /api/calls/[callId]/accept': entering,

  'POST /api/calls/[callId]/decline': defineRoute({
    access: 'signed_in',
    countsAs: 'nothing',
    params: callParams,
    body: declineBody,
    handle: async ({ deps, viewer, params, body }) => ({
      call: await declineCall(deps, viewer, { callId: params.callId, ringId: body.ringId ?? null }),
    }),
  }),

  'POST /api/calls/[callId]/hand': defineRoute({
    access: 'signed_in',
    params: callParams,
    body: handBody,
    countsAs: 'nothing',
    handle: async ({ deps, viewer, params, body }) => {
      await countGesture(deps, viewer.userId);
      return { call: await raiseHand(deps, viewer, { callId: params.callId, isRaised: body.isRaised }) };
    },
  }),

  'POST /api/calls/[callId]/join': entering,

  'POST /api/calls/[callId]/leave': defineRoute({
    access: 'signed_in',
    countsAs: 'nothing',
    params: callParams,
    body: leaveBody,
    handle: async ({ deps, viewer, params, body }) => ({
      call: await leaveCall(deps, viewer, {
        callId: params.callId,
        clientId: clientOf(viewer, body.clientId),
      }),
    }),
  }),

  'POST /api/calls/[callId]/move': defineRoute({
    access: 'signed_in',
    params: callParams,
    body: moveBody,
    handle: ({ deps, viewer, params, body }) =>
      moveCall(deps, viewer, { callId: params.callId, clientId: clientOf(viewer, body.clientId) }),
  }),

  'POST /api/calls/[callId]/reactions': defineRoute({
    access: 'signed_in',
    params: callParams,
    body: reactionBody,
    countsAs: 'nothing',
    handle: async ({ deps, viewer, params, body }) => {
      await countGesture(deps, viewer.userId);
      await react(deps, viewer, { callId: params.callId, reaction: body.reaction });
    },
  }),

  'POST /api/calls/[callId]/reception': defineRoute({
    access: 'signed_in',
    params: callParams,
    body: receptionBody,
    countsAs: 'nothing',
    handle: async ({ deps, viewer, params: { callId }, body }) => {
      await countReception(deps, viewer.userId);
      if ('asks' in body) await askReception(deps, viewer, callId);
      else {
        const { toUserId, ...reception } = body;
        await reportReception(deps, viewer, { callId, toUserId, reception });
      }
    },
  }),

  'POST /api/calls/[callId]/reply': defineRoute({
    access: 'signed_in',
    params: callParams,
    body: replyBody,
    handle: async ({ deps, viewer, params, body }) => ({
      call: await replyToCall(deps, viewer, {
        ...params,
        ...body,
        callBackInMinutes: body.callBackInMinutes ?? null,
      }),
    }),
  }),

  'POST /api/calls/[callId]/ring': defineRoute({
    access: 'signed_in',
    params: callParams,
    body: ringBody,
    handle: async ({ deps, viewer, params, body }) => ({
      call: await ringAgain(deps, viewer, { callId: params.callId, userId: body.userId }),
    }),
  }),

  'POST /api/calls/[callId]/ringing': defineRoute({
    access: 'signed_in',
    params: callParams,
    body: ringingBody,
    handle: ({ deps, viewer, params, body }) =>
      confirmRing(deps, viewer, params.callId, (body.clientId ?? null) as ClientId | null),
  }),

  'POST /api/calls/[callId]/stop-ring': defineRoute({
    access: 'signed_in',
    params: callParams,
    body: ringBody,
    handle: async ({ deps, viewer, params, body }) => ({
      call: await stopRing(deps, viewer, { callId: params.callId, userId: body.userId }),
    }),
  }),

  'POST /api/calls/leave': defineRoute({
    access: 'signed_in',
    countsAs: 'nothing',
    body: leaveByRequestBody,
    handle: async ({ deps, viewer, body }) => ({
      call: await leaveByRequest(deps, viewer, {
        requestId: body.requestId,
        clientId: clientOf(viewer, body.clientId),
      }),
    }),
  }),
};
