import { z } from 'zod/mini';
import { receptionSchema } from './events';
import { callLineCharacters, limits } from './limits';
import { interpreted, object } from './object';
import { permissionSchema, reactionSchema } from './views';
import { optionalLine, optionalText, visibleText } from './visible-text';

/** Client-made ids (tab, start request, message): 8 to 64 URL-safe characters. */
export const clientMadeIdSchema = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{8,64}$/, '8 to 64 letters, digits, - or _'));
const id = z.string().check(z.minLength(1), z.maxLength(80));

/** Bodies of the call commands. `clientId` names the tab; without it a sign-in counts as one client. */
export const startCallSchema = interpreted(() =>
  object({
    conversationId: z.optional(id),
    userId: z.optional(id),
    requestId: z.optional(clientMadeIdSchema),
    clientId: z.optional(clientMadeIdSchema),
    switchFrom: z.optional(id),
    /** What the call is about; a start that joins a live call leaves that call's own line as it is. */
    line: z.optional(optionalLine(callLineCharacters)),
    /** This client sends silence until the call is active, so that the callee may be connected while it rings. */
    sendsSilence: z.optional(z.boolean()),
  }).check(
    z.refine((body) => (body.conversationId === undefined) !== (body.userId === undefined), {
      message: 'name either a conversationId or a userId',
    }),
  ),
);
export const enterCallSchema = object({
  clientId: z.optional(clientMadeIdSchema),
  switchFrom: z.optional(id),
});
/** With a `clientId` this tab asks to be connected while it rings; without one, as from a worker, none is. */
export const confirmRingSchema = object({ clientId: z.optional(clientMadeIdSchema) });
export const moveCallSchema = object({ clientId: z.optional(clientMadeIdSchema) });
export const declineCallSchema = object({ ringId: z.optional(id) });
/** An answer to a ring in words: it declines and sends the message, or does neither. */
export const replyToCallSchema = object({
  ringId: id,
  text: visibleText(limits.message, 'write something first'),
  clientMessageId: clientMadeIdSchema,
  /** In a direct conversation: the promise to call back, kept for both. */
  callBackInMinutes: z.optional(z.int().check(z.minimum(1), z.maximum(24 * 60))),
});
export const leaveCallSchema = object({ clientId: z.optional(clientMadeIdSchema) });
export const leaveByRequestSchema = object({
  requestId: clientMadeIdSchema,
  clientId: z.optional(clientMadeIdSchema),
});
/** The answer to a heartbeat, which the browser sends when it receives one. */
export const answerHeartbeatSchema = object({
  /** Whether a window of this browser has the focus. A device with one needs no push notification. */
  isInFront: z._default(z.boolean(), false),
});
export const ringMemberSchema = object({ userId: id });
export const raiseHandSchema = object({ isRaised: z.boolean() });
/** Asks how the others receive the viewer, or reports to one of them how the viewer receives them. */
export const askReceptionSchema = object({ asks: z.literal(true) });
export const reportReceptionSchema = interpreted(() => z.extend(receptionSchema, { toUserId: id }));
export const reactSchema = object({ reaction: reactionSchema });

export const usernameSchema = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.regex(/^[a-z0-9][a-z0-9_.-]{1,31}$/, '2 to 32 letters, digits, dots, dashes or underscores'),
  );
export const passwordSchema = z
  .string()
  .check(
    z.minLength(limits.passwordMin, `at least ${limits.passwordMin} characters`),
    z.maxLength(limits.passwordMax),
  );
export const displayNameSchema = visibleText(limits.displayName, 'a name is needed');

export const registerSchema = object({
  username: usernameSchema,
  password: passwordSchema,
  displayName: z.optional(displayNameSchema),
  invite: z.optional(z.string().check(z.maxLength(200))),
});
export const createConversationSchema = object({
  userIds: z
    .array(id)
    .check(
      z.minLength(1, 'choose someone'),
      z.maxLength(limits.groupPeople, `at most ${limits.groupPeople} people`),
    ),
  title: z.optional(optionalText(limits.title)),
});
export const changeConversationSchema = object({
  title: z.optional(visibleText(limits.title, 'a title is needed')),
  callsMuted: z.optional(z.boolean()),
  messagesMuted: z.optional(z.boolean()),
});
export const sendMessageSchema = object({
  text: visibleText(limits.message, 'write something first'),
  clientMessageId: z.optional(clientMadeIdSchema),
});
export const markReadSchema = object({ seq: z.int().check(z.nonnegative()) });
export const changeMeSchema = object({
  displayName: z.optional(displayNameSchema),
  about: z.optional(optionalText(limits.about)),
  messagePermission: z.optional(permissionSchema),
  callPermission: z.optional(permissionSchema),
  doNotDisturb: z.optional(z.boolean()),
  /** True when the Calls page is shown: the missed badge clears. */
  missedCallsSeen: z.optional(z.literal(true)),
});
export const changePasswordSchema = object({
  currentPassword: z.string().check(z.maxLength(256)),
  newPassword: passwordSchema,
});
