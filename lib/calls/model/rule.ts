import type { ErrorCode } from '@parley/call-protocol';
import type { Call, Ring } from './call';
import type { Participation } from './participation';
import type { Trigger, TriggerType } from './trigger';

/** What the rules of transition.ts are written with. */

export type Times = { ringTimeoutMs: number; rejoinTimeoutMs: number };
export type Outcome =
  | { kind: 'changed'; call: Call }
  | { kind: 'unchanged' }
  | { kind: 'refused'; code: ErrorCode };

export type Moment = { now: number; times: Times };
/** `C` null: no call has this id yet. */
export type Rule<T extends TriggerType, C extends Call | null = Call> = (
  call: C,
  trigger: Extract<Trigger, { type: T }>,
  at: Moment,
) => Outcome;

export const unchanged: Outcome = { kind: 'unchanged' };
export const refused = (code: ErrorCode): Outcome => ({ kind: 'refused', code });
export const changed = (call: Call): Outcome => ({ kind: 'changed', call });

export function withRing(call: Call, id: Ring['id'], change: Partial<Ring>): Call {
  return { ...call, rings: call.rings.map((ring) => (ring.id === id ? { ...ring, ...change } : ring)) };
}

/** Puts `part` in the place of the same person's. */
export function withPart(call: Call, part: Participation): Call {
  return {
    ...call,
    participations: call.participations.map((one) => (one.userId === part.userId ? part : one)),
  };
}
