import type { Call } from './call';
import { enter, joinStarted, leave, start } from './entry-rules';
import { hand } from './hand-rules';
import { foundEmpty, mediaJoined, mediaLeft, mediaLost, mediaRestored } from './media-rules';
import { move } from './move-rules';
import { block, removeMember, signOut } from './person-rules';
import { confirmRing, decline, quietRing, reach, ring, stopRing } from './ring-rules';
import { changed, type Outcome, type Rule, refused, type Times, unchanged } from './rule';
import { settle } from './settle';
import { resume, timePassed } from './time-rules';
import type { Trigger, TriggerType } from './trigger';

/*
 * One call, from its first ring to its one end.
 *
 *   none ──start──▶ ringing ──first entry of anyone but the caller──▶ active
 *                      │                                                 │
 *                      └──── joined + rejoining = 0, or = 1 ─────────────┴──▶ ended
 *                            and no ring is ringing; or media lost           (absorbs everything)
 *
 *   ring:           ringing ──▶ accepted | declined | missed | unreachable | cancelled
 *
 *   participation:  connecting ──▶ connected ──▶ rejoining ──▶ left     (left ──entering again──▶ connecting)
 *                       ▲            │    ▲          │
 *                       │          move   │          │ entering again, or moving
 *                       │            ▼    │          │
 *                       └─────────── moving          └──▶ connecting
 *
 * Clients know connecting, connected and moving as `joined`. Pure: the same call, trigger and moment always give
 * the same outcome, so that every race is decided by which transaction came first and by nothing else.
 */

type Rules<T extends TriggerType> = {
  /** No call has this id. */
  none: Rule<T, null>;
  /** Ringing or active. */
  live: Rule<T>;
  ended: Rule<T>;
};

const unknown = () => refused('not_found');
const ignoreEnded = () => unchanged;
const refuseEnded = () => refused('call_ended');

const table: { [T in TriggerType]: Rules<T> } = {
  start: { none: start, live: joinStarted, ended: refuseEnded },
  enter: { none: unknown, live: enter, ended: refuseEnded },
  move: { none: unknown, live: move, ended: refuseEnded },
  leave: { none: unknown, live: leave, ended: ignoreEnded },
  ring: { none: unknown, live: ring, ended: refuseEnded },
  decline: { none: unknown, live: decline, ended: ignoreEnded },
  stop_ring: { none: unknown, live: stopRing, ended: ignoreEnded },
  confirm_ring: { none: unknown, live: confirmRing, ended: ignoreEnded },
  reach: { none: unknown, live: reach, ended: ignoreEnded },
  quiet_ring: { none: unknown, live: quietRing, ended: ignoreEnded },
  hand: { none: unknown, live: hand, ended: refuseEnded },
  sign_out: { none: unknown, live: signOut, ended: ignoreEnded },
  remove_member: { none: unknown, live: removeMember, ended: ignoreEnded },
  block: { none: unknown, live: block, ended: ignoreEnded },
  media_joined: { none: unknown, live: mediaJoined, ended: ignoreEnded },
  media_left: { none: unknown, live: mediaLeft, ended: ignoreEnded },
  media_lost: { none: unknown, live: mediaLost, ended: ignoreEnded },
  media_restored: { none: unknown, live: mediaRestored, ended: ignoreEnded },
  found_empty: { none: unknown, live: foundEmpty, ended: ignoreEnded },
  refresh: { none: unknown, live: changed, ended: ignoreEnded },
  time_passed: { none: unknown, live: timePassed, ended: ignoreEnded },
  resume: { none: unknown, live: resume, ended: ignoreEnded },
};

/** What shows that people are in the call at this moment. */
const showsLife: ReadonlySet<TriggerType> = new Set(['start', 'enter', 'move', 'media_joined']);

/**
 * What `trigger` does to `call` at `now`; the only place where a call's state is decided.
 *
 * @param call null: no call has this id
 */
export function transition(call: Call | null, trigger: Trigger, now: number, times: Times): Outcome {
  const rules = table[trigger.type] as Rules<TriggerType>;
  const at = { now, times };
  const outcome =
    call === null
      ? rules.none(call, trigger, at)
      : rules[call.status === 'ended' ? 'ended' : 'live'](call, trigger, at);
  if (outcome.kind !== 'changed') return outcome;
  const after = showsLife.has(trigger.type) ? { ...outcome.call, lastKnownAliveAt: now } : outcome.call;
  return changed(settle(call, after, trigger, now));
}
