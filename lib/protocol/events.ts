import { z } from 'zod/mini';
import { interpreted, object } from './object';
import {
  callViewSchema,
  conversationViewSchema,
  messageViewSchema,
  meViewSchema,
  reactionSchema,
  userViewSchema,
} from './views';

/** Sent once for what this viewer may no longer see. */
export const goneSchema = object({
  id: z.string(),
  revision: z.int().check(z.nonnegative()),
  gone: z.literal(true),
});
export type Gone = z.infer<typeof goneSchema>;

export const communitySchema = object({ name: z.string(), registration: z.enum(['invite', 'open']) });
export type Community = z.infer<typeof communitySchema>;

/** Everything live for this viewer; what a snapshot lacks was removed, but for people when it has a `memberCount`. */
export const snapshotSchema = object({
  /** The server's `protocolVersion`; missing from servers older than that. */
  protocolVersion: z.optional(z.int().check(z.positive())),
  community: communitySchema,
  me: meViewSchema,
  users: z.array(userViewSchema),
  /**
   * How many people there are, when `users` holds only some of them: those whom this snapshot names and the first by
   * name. The others are read from `GET /api/users`. Missing: `users` holds everyone.
   */
  memberCount: z.optional(z.int().check(z.positive())),
  conversations: z.array(conversationViewSchema),
  calls: z.array(callViewSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

export const reactionEventSchema = object({
  callId: z.string(),
  userId: z.string(),
  reaction: reactionSchema,
});
export type ReactionEvent = z.infer<typeof reactionEventSchema>;

/** How a participant receives the voice of another one. */
export const receptionSchema = object({
  /** Of what was sent, 0–100; null: nothing arrives. */
  lossPercent: z.nullable(z.number().check(z.minimum(0), z.maximum(100))),
  /** Between the listener and the media server; null: not known. */
  roundTripMs: z.nullable(z.int().check(z.minimum(0), z.maximum(60_000))),
});
export type Reception = z.infer<typeof receptionSchema>;

export const receptionEventSchema = z.union([
  /** This participant asks how they are received. */
  object({ callId: z.string(), userId: z.string(), asks: z.literal(true) }),
  /** This participant reports how the viewer is received. */
  interpreted(() => z.extend(receptionSchema, { callId: z.string(), userId: z.string() })),
]);
export type ReceptionEvent = z.infer<typeof receptionEventSchema>;

/** What `GET /api/events` carries, by the name of the server-sent event; the data is JSON. */
export const streamEventSchema = z.discriminatedUnion('type', [
  object({ type: z.literal('snapshot'), data: snapshotSchema }),
  object({ type: z.literal('call'), data: z.union([goneSchema, callViewSchema]) }),
  object({ type: z.literal('conversation'), data: z.union([goneSchema, conversationViewSchema]) }),
  object({ type: z.literal('message'), data: messageViewSchema }),
  /** Everyone whose profile or presence changed since the last one. */
  object({ type: z.literal('users'), data: z.array(z.union([goneSchema, userViewSchema])) }),
  /** A participant of a call this viewer is in reacts: shown for a moment, and kept nowhere. */
  object({ type: z.literal('reaction'), data: reactionEventSchema }),
  /** Between the participants of one call, who look for the reason that one does not hear the other. */
  object({ type: z.literal('reception'), data: receptionEventSchema }),
  object({ type: z.literal('me'), data: meViewSchema }),
  object({ type: z.literal('community'), data: communitySchema }),
  /** This sign-in was revoked; the stream closes after it. */
  object({ type: z.literal('signed-out'), data: object({}) }),
  /** Every 15 s, so that a client notices a stalled connection within 20 s. */
  object({ type: z.literal('heartbeat'), data: object({}) }),
]);
export type StreamEvent = z.infer<typeof streamEventSchema>;

/** Events that are sent as they happen, with no state behind them. */
export type PassingEvent = Extract<StreamEvent, { type: 'reaction' | 'reception' }>;
