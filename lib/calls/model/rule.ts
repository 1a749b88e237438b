import type { UserId } from '@/lib/ids';
import type { ErrorCode } from '@/lib/protocol';
import type { Call, Participation, Ring } from './call';
import type { Trigger, TriggerType } from './trigger';

/** What the rules of transition.ts are written with. */

export type Times = { ringTimeoutMs: number; rejoinTimeoutMs: number };
export type Outcome =
  | { kind: 'changed'; call: Call }
  | { kind: 'unchanged' }
  | { kind: 'refused'; code: ErrorCode };

export type Moment = { now: number; times: Times };
export type Rule<T extends TriggerType> = (
  call: Call,
  trigger: Extract<Trigger, { type: T }>,
  at: Moment,
) => Outcome;
export type Row = { [T in TriggerType]: Rule<T> };

export const unchanged: Outcome = { kind: 'unchanged' };
export const refused = (code: ErrorCode): Outcome => ({ kind: 'refused', code });
export const changed = (call: Call): Outcome => ({ kind: 'changed', call });

export function withRing(call: Call, id: Ring['id'], change: Partial<Ring>): Call {
  return { ...call, rings: call.rings.map((ring) => (ring.id === id ? { ...ring, ...change } : ring)) };
}

export function withPart(call: Call, userId: UserId, change: Partial<Participation>): Call {
  return {
    ...call,
    participations: call.participations.map((part) =>
      part.userId === userId ? { ...part, ...change } : part,
    ),
  };
}

/** A part that no other tab is handing over. */
export const notMoving = { movingFrom: null, movingFromSignInId: null } as const;

/** A part whose connection is up. */
export const connectedFields = {
  state: 'joined',
  connectDeadlineAt: null,
  rejoinDeadlineAt: null,
  droppedAt: null,
} as const;
