import { z } from 'zod/mini';
import { limits } from './limits';
import { interpreted, object } from './object';
import { passwordSchema } from './requests';
import { personSchema } from './views';
import { visibleText } from './visible-text';

const shownAt = z.int();

/** A link as its list shows it: the address itself was shown once, when it was made. */
export const inviteViewSchema = object({
  id: z.string(),
  creatorName: z.nullable(z.string()),
  createdAt: shownAt,
  expiresAt: z.nullable(shownAt),
  useCount: z.int(),
  maxUses: z.nullable(z.int()),
});
export type InviteView = z.infer<typeof inviteViewSchema>;

export const operatorPersonSchema = interpreted(() =>
  z.extend(personSchema, {
    isOperator: z.boolean(),
    isSuspended: z.boolean(),
    isOnline: z.boolean(),
    createdAt: shownAt,
  }),
);
export type OperatorPerson = z.infer<typeof operatorPersonSchema>;

/** One page of the people on the operator's screen; `next` is the place after them, null after the last page. */
export const operatorPeopleSchema = object({
  people: z.array(operatorPersonSchema),
  next: z.nullable(z.string()),
});
export type OperatorPeople = z.infer<typeof operatorPeopleSchema>;

/** What the operator's screen shows. */
export const operatorViewSchema = object({
  name: z.string(),
  registration: z.enum(['invite', 'open']),
  /** The server's settings decide; the screen can't change it. */
  isRegistrationFixed: z.boolean(),
  channels: z.array(object({ id: z.string(), title: z.string() })),
  invites: z.array(inviteViewSchema),
  /** The first by name. */
  people: z.array(operatorPersonSchema),
  /** The place after them, when there are more. */
  nextPeople: z.optional(z.string()),
});
export type OperatorView = z.infer<typeof operatorViewSchema>;

/** The response to making a link: its path, which is sent this once. */
export const madeLinkSchema = object({ id: z.string(), path: z.string() });

const title = visibleText(limits.title, 'a name is needed');
export const changeCommunitySchema = object({
  name: z.optional(title),
  registration: z.optional(z.enum(['invite', 'open'])),
});
export const channelSchema = object({ title });
/** Null: without an end, or for as many people as come. */
export const makeInviteSchema = object({
  days: z._default(z.nullable(z.int().check(z.minimum(1), z.maximum(365))), 7),
  maxUses: z._default(z.nullable(z.int().check(z.minimum(1), z.maximum(1000))), null),
});

/** Choosing a new password with a link from the operator. */
export const choosePasswordSchema = object({
  token: z.string().check(z.maxLength(200)),
  password: passwordSchema,
});
