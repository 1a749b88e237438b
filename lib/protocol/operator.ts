import { z } from 'zod';
import { interpreted, object } from './object';
import { limits, passwordSchema } from './requests';
import { personSchema } from './views';
import { visibleText } from './visible-text';

const shownAt = z.number().int();

/** A link as its list shows it: the address itself was shown once, when it was made. */
export const inviteViewSchema = object({
  id: z.string(),
  creatorName: z.string().nullable(),
  createdAt: shownAt,
  expiresAt: shownAt.nullable(),
  useCount: z.number().int(),
  maxUses: z.number().int().nullable(),
});
export type InviteView = z.infer<typeof inviteViewSchema>;

export const operatorPersonSchema = interpreted(() =>
  personSchema.extend({
    isOperator: z.boolean(),
    isSuspended: z.boolean(),
    isOnline: z.boolean(),
    createdAt: shownAt,
  }),
);
export type OperatorPerson = z.infer<typeof operatorPersonSchema>;

/** What the operator's screen shows. */
export const operatorViewSchema = object({
  name: z.string(),
  registration: z.enum(['invite', 'open']),
  /** The server's settings decide; the screen can't change it. */
  isRegistrationFixed: z.boolean(),
  channels: z.array(object({ id: z.string(), title: z.string() })),
  invites: z.array(inviteViewSchema),
  people: z.array(operatorPersonSchema),
});
export type OperatorView = z.infer<typeof operatorViewSchema>;

/** The response to making a link: its path, which is sent this once. */
export const madeLinkSchema = object({ id: z.string(), path: z.string() });

const title = visibleText(limits.title, 'a name is needed');
export const changeCommunitySchema = object({
  name: title.optional(),
  registration: z.enum(['invite', 'open']).optional(),
});
export const channelSchema = object({ title });
/** Null: without an end, or for as many people as come. */
export const makeInviteSchema = object({
  days: z.number().int().min(1).max(365).nullable().default(7),
  maxUses: z.number().int().min(1).max(1000).nullable().default(null),
});

/** Choosing a new password with a link from the operator. */
export const choosePasswordSchema = object({ token: z.string().max(200), password: passwordSchema });
