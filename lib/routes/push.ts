import 'server-only';
import { translatorOf } from '@/languages/catalogues';
import { readRingNotice } from '@/lib/calls/reads/read-ring-notice';
import { conversationParams } from '@/lib/conversations/params';
import { readMessageNotice } from '@/lib/conversations/read-message-notice';
import { defineRoute } from '@/lib/http/define-route';
import { countDevice, countPushTest } from '@/lib/http/rate-limit';
import { languageOf } from '@/lib/http/request-language';
import { deviceName } from '@/lib/push/device-name';
import { fallbackWords, messageWords, testWords, wordsOf } from '@/lib/push/notification-words';
import { changeDeviceBody, deviceParams, redeemBody, ringParams, saveDeviceBody } from '@/lib/push/params';
import { readDevices, sendTest } from '@/lib/push/read-devices';
import { readPass, redeemPass } from '@/lib/push/ring-pass';
import { changeDevice, removeDevice, saveDevice } from '@/lib/push/save-device';

export const pushRoutes = {
  /** The key that a browser subscribes with, the viewer's devices, and what a device says that can't ask. */
  'GET /api/push': defineRoute({
    access: 'signed_in',
    handle: async ({ deps, viewer, request }) => {
      const { tag, direction, catalogue, locale } = languageOf(request.headers, deps.env);
      return {
        serverKey: (await deps.pushKeys()).publicKey,
        devices: await readDevices(deps, viewer),
        fallback: { ...fallbackWords(translatorOf(catalogue, locale)), language: tag, direction },
      };
    },
  }),

  /** This sign-in's browser is rung through its push service from now on. */
  'PUT /api/push': defineRoute({
    access: 'signed_in',
    body: saveDeviceBody,
    handle: async ({ deps, viewer, body, request }) => {
      // Each looks up a name of the caller's choice.
      await countDevice(deps, viewer.userId);
      const name = deviceName(request.headers.get('user-agent'));
      return { id: await saveDevice(deps, viewer, { ...body, name }) };
    },
  }),

  'DELETE /api/push/devices/[deviceId]': defineRoute({
    access: 'signed_in',
    params: deviceParams,
    handle: async ({ deps, viewer, params }) => {
      await removeDevice(deps, viewer, params.deviceId);
    },
  }),

  /** Whether notifications of messages show there what they say. */
  'PATCH /api/push/devices/[deviceId]': defineRoute({
    access: 'signed_in',
    params: deviceParams,
    body: changeDeviceBody,
    handle: ({ deps, viewer, params, body }) => changeDevice(deps, viewer, params.deviceId, body),
  }),

  'POST /api/push/devices/[deviceId]/test': defineRoute({
    access: 'signed_in',
    params: deviceParams,
    handle: async ({ deps, viewer, params }) => {
      await countPushTest(deps, viewer.userId);
      await sendTest(deps, viewer, params.deviceId);
    },
  }),

  /** What the device's worker shows for a ring that it was sent; asked for with the cookie of its browser. */
  'GET /api/push/rings/[ringId]': defineRoute({
    access: 'signed_in',
    params: ringParams,
    handle: async ({ deps, viewer, params, request }) => {
      const notice = await readRingNotice(deps, viewer, params.ringId);
      const { tag, direction, catalogue, locale } = languageOf(request.headers, deps.env);
      const isRinging = notice.state === 'ringing';
      return {
        state: notice.state,
        callId: notice.callId,
        ringId: notice.ringId,
        conversationId: notice.conversationId,
        msLeft: notice.msLeft,
        pass: isRinging ? await readPass(deps.db, viewer, notice, deps.clock.now()) : null,
        language: tag,
        direction,
        ...wordsOf(notice, translatorOf(catalogue, locale)),
      };
    },
  }),

  /** The same for a conversation's messages. */
  'GET /api/push/conversations/[conversationId]': defineRoute({
    access: 'signed_in',
    params: conversationParams,
    handle: async ({ deps, viewer, params, request }) => {
      const notice = await readMessageNotice(deps, viewer, params.conversationId);
      const { tag, direction, catalogue, locale } = languageOf(request.headers, deps.env);
      return {
        state: notice.newest ? 'unread' : 'read',
        conversationId: notice.conversationId,
        unreadCount: notice.unreadCount,
        language: tag,
        direction,
        ...messageWords(notice, translatorOf(catalogue, locale)),
      };
    },
  }),

  /** A window that was opened by **Accept** in a notification may accept that ring, once. */
  'POST /api/push/rings/[ringId]/redeem': defineRoute({
    access: 'signed_in',
    params: ringParams,
    body: redeemBody,
    handle: ({ deps, viewer, params, body }) => redeemPass(deps, viewer, { ...params, ...body }),
  }),

  /** What **Send a test** shows. */
  'GET /api/push/test': defineRoute({
    access: 'signed_in',
    handle: ({ deps, request }) => {
      const { tag, direction, catalogue, locale } = languageOf(request.headers, deps.env);
      return { language: tag, direction, ...testWords(translatorOf(catalogue, locale)) };
    },
  }),
};
