import { z } from 'zod';
import { receptionSchema } from './events';
import { interpreted, object } from './object';
import { permissionSchema, reactionSchema } from './views';
import { optionalLine, optionalText, visibleText } from './visible-text';

/** Client-made ids (tab, start request, message): 8 to 64 URL-safe characters. */
export const clientMadeIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, '8 to 64 letters, digits, - or _');
const id = z.string().min(1).max(80);

/** Limits of what people type; counted in UTF-16 units, as `maxlength` of a field counts. */
export const limits = {
  displayName: 60,
  about: 300,
  title: 80,
  message: 4000,
  passwordMin: 8,
  passwordMax: 256,
  groupPeople: 25,
} as const;

/** The most characters of a call's line, as its reader counts them. */
export const callLineCharacters = 80;

/** Bodies of the call commands. `clientId` names the tab; without it a sign-in counts as one client. */
export const startCallSchema = interpreted(() =>
  object({
    conversationId: id.optional(),
    userId: id.optional(),
    requestId: clientMadeIdSchema.optional(),
    clientId: clientMadeIdSchema.optional(),
    switchFrom: id.optional(),
    /** What the call is about; a start that joins a live call leaves that call's own line as it is. */
    line: optionalLine(callLineCharacters).optional(),
  }).refine((body) => (body.conversationId === undefined) !== (body.userId === undefined), {
    message: 'name either a conversationId or a userId',
  }),
);
export const enterCallSchema = object({
  clientId: clientMadeIdSchema.optional(),
  switchFrom: id.optional(),
});
export const moveCallSchema = object({ clientId: clientMadeIdSchema.optional() });
export const declineCallSchema = object({ ringId: id.optional() });
/** An answer to a ring in words: it declines and sends the message, or does neither. */
export const replyToCallSchema = object({
  ringId: id,
  text: visibleText(limits.message, 'write something first'),
  clientMessageId: clientMadeIdSchema,
  /** In a direct conversation: the promise to call back, kept for both. */
  callBackInMinutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60)
    .optional(),
});
export const leaveCallSchema = object({ clientId: clientMadeIdSchema.optional() });
export const leaveByRequestSchema = object({
  requestId: clientMadeIdSchema,
  clientId: clientMadeIdSchema.optional(),
});
/** The answer to a heartbeat, which the browser sends when it receives one. */
export const answerHeartbeatSchema = object({
  /** Whether a window of this browser has the focus. A device with one needs no push notification. */
  isInFront: z.boolean().default(false),
});
export const ringMemberSchema = object({ userId: id });
export const raiseHandSchema = object({ isRaised: z.boolean() });
/** Asks how the others receive the viewer, or reports to one of them how the viewer receives them. */
export const askReceptionSchema = object({ asks: z.literal(true) });
export const reportReceptionSchema = interpreted(() => receptionSchema.extend({ toUserId: id }));
export const reactSchema = object({ reaction: reactionSchema });

export const usernameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9_.-]{1,31}$/, '2 to 32 letters, digits, dots, dashes or underscores');
export const passwordSchema = z
  .string()
  .min(limits.passwordMin, `at least ${limits.passwordMin} characters`)
  .max(limits.passwordMax);
export const displayNameSchema = visibleText(limits.displayName, 'a name is needed');

export const registerSchema = object({
  username: usernameSchema,
  password: passwordSchema,
  displayName: displayNameSchema.optional(),
  invite: z.string().max(200).optional(),
});
export const createConversationSchema = object({
  userIds: z
    .array(id)
    .min(1, 'choose someone')
    .max(limits.groupPeople, `at most ${limits.groupPeople} people`),
  title: optionalText(limits.title).optional(),
});
export const changeConversationSchema = object({
  title: visibleText(limits.title, 'a title is needed').optional(),
  callsMuted: z.boolean().optional(),
});
export const sendMessageSchema = object({
  text: visibleText(limits.message, 'write something first'),
  clientMessageId: clientMadeIdSchema.optional(),
});
export const markReadSchema = object({ seq: z.number().int().nonnegative() });
export const changeMeSchema = object({
  displayName: displayNameSchema.optional(),
  about: optionalText(limits.about).optional(),
  messagePermission: permissionSchema.optional(),
  callPermission: permissionSchema.optional(),
  doNotDisturb: z.boolean().optional(),
  /** True when the Calls page is shown: the missed badge clears. */
  missedCallsSeen: z.literal(true).optional(),
});
export const changePasswordSchema = object({
  currentPassword: z.string().max(256),
  newPassword: passwordSchema,
});
