import { z } from 'zod/mini';
import { interpreted, object } from './object';

/** Milliseconds that are left when the view is made; never a wall-clock time (docs/calls.md, "Ringing"). */
const msLeft = z.int().check(z.nonnegative());
/** Wall-clock milliseconds since 1970, only ever for showing. */
const shownAt = z.int();
/** Grows with every change of the thing; of two views of one thing the higher one is right. */
const revision = z.int().check(z.nonnegative());

export const presenceSchema = z.enum(['online', 'do_not_disturb', 'in_call', 'offline']);
export type Presence = z.infer<typeof presenceSchema>;

/** What any place that shows a person needs. */
export const personSchema = object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  /** Address of the picture, or null: show initials on the person's own colour. */
  avatarUrl: z.nullable(z.string()),
  /** Degrees, dealt by join order so that people beside each other differ; without it the id chooses one. */
  hue: z.optional(z.int().check(z.minimum(0), z.maximum(359))),
});
export type Person = z.infer<typeof personSchema>;

export const userViewSchema = interpreted(() =>
  z.extend(personSchema, {
    about: z.string(),
    presence: presenceSchema,
    /** Whether the viewer has blocked this person. */
    isBlocked: z.boolean(),
    revision,
  }),
);
export type UserView = z.infer<typeof userViewSchema>;

export const permissionSchema = z.enum(['everyone', 'known', 'nobody']);
export type Permission = z.infer<typeof permissionSchema>;

export const meViewSchema = object({
  id: z.string(),
  messagePermission: permissionSchema,
  callPermission: permissionSchema,
  doNotDisturb: z.boolean(),
  isOperator: z.boolean(),
  /** Missed calls since the Calls page was last seen. */
  missedCallCount: z.int().check(z.nonnegative()),
  revision,
});
export type MeView = z.infer<typeof meViewSchema>;

export const conversationKindSchema = z.enum(['channel', 'direct', 'group']);
export type ConversationKind = z.infer<typeof conversationKindSchema>;

export const callStatusSchema = z.enum(['ringing', 'active', 'ended']);
export type CallStatus = z.infer<typeof callStatusSchema>;

export const endReasonSchema = z.enum(['failed', 'completed', 'cancelled', 'declined', 'missed']);
export type EndReason = z.infer<typeof endReasonSchema>;

export const ringStateSchema = z.enum([
  'ringing',
  'accepted',
  'declined',
  'missed',
  'unreachable',
  'cancelled',
  'not_allowed',
]);
export type RingState = z.infer<typeof ringStateSchema>;

export const participationStateSchema = z.enum(['joined', 'rejoining', 'left']);
export type ParticipationState = z.infer<typeof participationStateSchema>;

/**
 * The one definition of "in the call" (docs/calls.md, "Ending"): joined, or rejoining while the rejoin time
 * runs. `isLivePart` in db/conditions.ts is the same as a condition of SQL.
 */
export function isInCall<T extends { state: string }>(
  participation: T | null | undefined,
): participation is Exclude<T, { state: 'left' }> {
  return (participation?.state ?? 'left') !== 'left';
}

export const callPersonViewSchema = object({
  user: personSchema,
  /** The newest ring of this person in this call. */
  ring: z.nullable(
    object({
      state: ringStateSchema,
      isConfirmed: z.boolean(),
      /** Who started it, and may stop it. */
      ringerId: z.string(),
    }),
  ),
  participation: z.nullable(
    object({
      state: participationStateSchema,
      /** Accepted, media not up yet. */
      isConnecting: z.boolean(),
      rejoinMsLeft: z.nullable(msLeft),
      /** The place of their raised hand among all raised ones, 1 for the first; null: it is not raised. */
      handPlace: z._default(z.nullable(z.int().check(z.positive())), null),
    }),
  ),
});
export type CallPersonView = z.infer<typeof callPersonViewSchema>;

/** What participants can react with, in the order of the choice. */
export const reactionSchema = z.enum(['thumbs_up', 'heart', 'laugh', 'wow', 'clap', 'party']);
export type Reaction = z.infer<typeof reactionSchema>;

/** Degrees, dealt in the order of creation so that groups beside each other differ; without it the id chooses one. */
const groupHue = z.optional(z.int().check(z.minimum(0), z.maximum(359)));

/** A call as one viewer may see it. */
export const callViewSchema = object({
  id: z.string(),
  conversation: object({
    id: z.string(),
    kind: z.enum(['direct', 'group']),
    title: z.nullable(z.string()),
    hue: groupHue,
  }),
  callerId: z.string(),
  /** What the caller said it is about; null for a reader whose ring was not allowed, or who blocked the caller. */
  line: z.nullable(z.string()),
  /** Who this view is for. */
  viewerId: z.string(),
  status: callStatusSchema,
  endReason: z.nullable(endReasonSchema),
  /** The viewer's running ring. Quiet: an entry with Join call, no window, no sound. */
  myRing: z.nullable(object({ id: z.string(), msLeft, isQuiet: z.boolean(), ringerId: z.string() })),
  /** The tab that holds the viewer's participation, while they are in. */
  holderClientId: z.nullable(z.string()),
  people: z.array(callPersonViewSchema),
  /** Since the first entry of anyone but the caller; after the end the length. */
  elapsedMs: z.nullable(z.int().check(z.nonnegative())),
  revision,
});
export type CallView = z.infer<typeof callViewSchema>;

/** What a start, accept, join or move returns; never stored, never on the stream. */
export const mediaAccessSchema = object({ url: z.string(), token: z.string() });
export type MediaAccess = z.infer<typeof mediaAccessSchema>;
export const callWithMediaSchema = object({ call: callViewSchema, media: mediaAccessSchema });
export type CallWithMedia = z.infer<typeof callWithMediaSchema>;

/** The call as its reader sees it, in a conversation and on the Calls page. */
export const callEntrySchema = object({
  callId: z.string(),
  conversationId: z.string(),
  conversationKind: z.enum(['direct', 'group']),
  callerId: z.string(),
  outcome: z.enum([
    'live',
    'missed',
    'completed',
    'declined',
    'no_answer',
    'unreachable',
    'cancelled',
    'failed',
  ]),
  /** Who declined or did not answer, or who took part. */
  personIds: z.array(z.string()),
  lengthMs: z.nullable(z.int().check(z.nonnegative())),
  /** What the caller said it was about, for the readers who may see it. */
  line: z.nullable(z.string()),
  startedAt: shownAt,
});
export type CallEntry = z.infer<typeof callEntrySchema>;

export const messageViewSchema = object({
  id: z.string(),
  conversationId: z.string(),
  authorId: z.string(),
  /** Position in the conversation; the key of the pages. */
  seq: z.int(),
  /** The id the sending client made, so that it recognises its own optimistic message. */
  clientMessageId: z.nullable(z.string()),
  text: z.string(),
  isDeleted: z.boolean(),
  sentAt: shownAt,
  callEntry: z.nullable(callEntrySchema),
  revision,
});
export type MessageView = z.infer<typeof messageViewSchema>;

export const conversationViewSchema = object({
  id: z.string(),
  kind: conversationKindSchema,
  /** Channels and groups; a direct conversation is named by its other person. */
  title: z.nullable(z.string()),
  hue: groupHue,
  creatorId: z.nullable(z.string()),
  /** Null for a channel: everyone is a member. */
  memberIds: z.nullable(z.array(z.string())),
  callsMuted: z.boolean(),
  /** Whether the viewer's devices are notified of no messages. Absent: of all. */
  messagesMuted: z.optional(z.boolean()),
  /** Unread messages of others, counted up to 1,000. */
  unreadCount: z.int().check(z.nonnegative()),
  lastReadSeq: z.int(),
  lastMessage: z.nullable(
    object({
      authorId: z.string(),
      text: z.string(),
      sentAt: shownAt,
      callEntry: z.nullable(callEntrySchema),
    }),
  ),
  lastActivityAt: shownAt,
  /** In a direct conversation: who promised to call back, and when; both read it, and either can drop it. */
  callBack: z.nullable(object({ userId: z.string(), dueAt: shownAt })),
  revision,
});
export type ConversationView = z.infer<typeof conversationViewSchema>;
