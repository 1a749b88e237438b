import { z } from 'zod';
import {
  callViewSchema,
  conversationViewSchema,
  messageViewSchema,
  meViewSchema,
  reactionSchema,
  userViewSchema,
} from './views';

/** Sent once for what this viewer may no longer see. */
export const goneSchema = z.object({
  id: z.string(),
  revision: z.number().int().nonnegative(),
  gone: z.literal(true),
});
export type Gone = z.infer<typeof goneSchema>;

export const communitySchema = z.object({ name: z.string(), registration: z.enum(['invite', 'open']) });
export type Community = z.infer<typeof communitySchema>;

/** Everything live for this viewer; what a snapshot lacks was removed. */
export const snapshotSchema = z.object({
  /** The server's `protocolVersion`; missing from servers older than that. */
  protocolVersion: z.number().int().positive().optional(),
  community: communitySchema,
  me: meViewSchema,
  users: z.array(userViewSchema),
  conversations: z.array(conversationViewSchema),
  calls: z.array(callViewSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

export const reactionEventSchema = z.object({
  callId: z.string(),
  userId: z.string(),
  reaction: reactionSchema,
});
export type ReactionEvent = z.infer<typeof reactionEventSchema>;

/** How a participant receives the voice of another one. */
export const receptionSchema = z.object({
  /** Of what was sent, 0–100; null: nothing arrives. */
  lossPercent: z.number().min(0).max(100).nullable(),
  /** Between the listener and the media server; null: not known. */
  roundTripMs: z.number().int().min(0).max(60_000).nullable(),
});
export type Reception = z.infer<typeof receptionSchema>;

export const receptionEventSchema = z.union([
  /** This participant asks how they are received. */
  z.object({ callId: z.string(), userId: z.string(), asks: z.literal(true) }),
  /** This participant reports how the viewer is received. */
  receptionSchema.extend({ callId: z.string(), userId: z.string() }),
]);
export type ReceptionEvent = z.infer<typeof receptionEventSchema>;

/** What `GET /api/events` carries, by the name of the server-sent event; the data is JSON. */
export const streamEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), data: snapshotSchema }),
  z.object({ type: z.literal('call'), data: z.union([goneSchema, callViewSchema]) }),
  z.object({ type: z.literal('conversation'), data: z.union([goneSchema, conversationViewSchema]) }),
  z.object({ type: z.literal('message'), data: messageViewSchema }),
  /** Everyone whose profile or presence changed since the last one. */
  z.object({ type: z.literal('users'), data: z.array(z.union([goneSchema, userViewSchema])) }),
  /** A participant of a call this viewer is in reacts: shown for a moment, and kept nowhere. */
  z.object({ type: z.literal('reaction'), data: reactionEventSchema }),
  /** Between the participants of one call, who look for the reason that one does not hear the other. */
  z.object({ type: z.literal('reception'), data: receptionEventSchema }),
  z.object({ type: z.literal('me'), data: meViewSchema }),
  z.object({ type: z.literal('community'), data: communitySchema }),
  /** This sign-in was revoked; the stream closes after it. */
  z.object({ type: z.literal('signed-out'), data: z.object({}) }),
  /** Every 15 s, so that a client notices a stalled connection within 20 s. */
  z.object({ type: z.literal('heartbeat'), data: z.object({}) }),
]);
export type StreamEvent = z.infer<typeof streamEventSchema>;

/** Events that are sent as they happen, with no state behind them. */
export type PassingEvent = Extract<StreamEvent, { type: 'reaction' | 'reception' }>;
