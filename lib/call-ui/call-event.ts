import type { EndReason } from '@parley/call-protocol';

/**
 * What happened, passed once each to `CallProvider`'s `onCallEvent` in the tab that it concerns:
 * enough for analytics, an own ring sound, or a status light.
 *
 * @example
 * <CallProvider onCallEvent={(event) => { if (event.type === 'ended') track(event.lengthMs); }} …>
 */
export type CallEvent =
  /** This tab started the call. */
  | { type: 'started'; callId: string; conversationId: string }
  /** A call rings for this person; `ringerId` is who rings, as the window names them. */
  | { type: 'ringing'; callId: string; conversationId: string; ringerId: string }
  /** This person accepted, in any tab or device. */
  | { type: 'answered'; callId: string }
  | { type: 'declined'; callId: string }
  /** The ring ended without an answer of this person. */
  | { type: 'missed'; callId: string }
  /** This tab's media is connected. */
  | { type: 'joined'; callId: string }
  | { type: 'left'; callId: string }
  /** Another device of this person took the call over. */
  | { type: 'moved'; callId: string }
  | { type: 'reconnecting'; callId: string }
  | { type: 'ended'; callId: string; reason: EndReason; lengthMs: number | null };
