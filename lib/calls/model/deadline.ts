import { type Call, mediaLostTimeoutMs, type Ring } from './call';
import { deadlineOf, type Participation } from './participation';

/** What of a call decides its deadlines. */
export type Timed = Pick<Call, 'status' | 'mediaLostAt'> & {
  rings: Pick<Ring, 'state' | 'deadlineAt'>[];
  participations: Participation[];
};

/** When a call whose media server is unreachable ends, or null. */
export function mediaLostDeadline({ mediaLostAt }: Pick<Call, 'mediaLostAt'>): number | null {
  return mediaLostAt === null ? null : mediaLostAt + mediaLostTimeoutMs;
}

/**
 * The deadline of a participation, or null. None while the media server is unreachable, when no client can
 * reconnect: that is no evidence that they left.
 */
export function participationDeadline(
  { mediaLostAt }: Pick<Call, 'mediaLostAt'>,
  part: Participation,
): number | null {
  return mediaLostAt === null ? deadlineOf(part) : null;
}

/** The next moment at which time alone changes this call, or null. */
export function nextDeadline(call: Timed): number | null {
  if (call.status === 'ended') return null;
  const moments = [
    ...call.rings.filter((ring) => ring.state === 'ringing').map((ring) => ring.deadlineAt),
    mediaLostDeadline(call),
    ...call.participations.map((part) => participationDeadline(call, part)),
  ].filter((at) => at !== null);
  return moments.length === 0 ? null : Math.min(...moments);
}
