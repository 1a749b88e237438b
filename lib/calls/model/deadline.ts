import { isInCall } from '@/lib/protocol';
import { type Call, mediaLostTimeoutMs, type Participation, type Ring } from './call';

/** What of a call decides its deadlines. */
export type Timed = Pick<Call, 'status' | 'mediaLostAt'> & {
  rings: Pick<Ring, 'state' | 'deadlineAt'>[];
  participations: Pick<Participation, 'state' | 'connectDeadlineAt' | 'rejoinDeadlineAt'>[];
};

/** When a call whose media server is unreachable ends, or null. */
export function mediaLostDeadline({ mediaLostAt }: Pick<Call, 'mediaLostAt'>): number | null {
  return mediaLostAt === null ? null : mediaLostAt + mediaLostTimeoutMs;
}

/**
 * Deadlines of a participation. None while the media server is unreachable, when no client can reconnect: that is
 * no evidence that they left.
 */
export function participationDeadlines(
  { mediaLostAt }: Pick<Call, 'mediaLostAt'>,
  part: Timed['participations'][number],
): number[] {
  if (mediaLostAt !== null || !isInCall(part)) return [];
  return [part.connectDeadlineAt, part.rejoinDeadlineAt].filter((at) => at !== null);
}

/** The next moment at which time alone changes this call, or null. */
export function nextDeadline(call: Timed): number | null {
  if (call.status === 'ended') return null;
  const lostAt = mediaLostDeadline(call);
  const moments = [
    ...call.rings.filter((ring) => ring.state === 'ringing').map((ring) => ring.deadlineAt),
    ...(lostAt === null ? [] : [lostAt]),
    ...call.participations.flatMap((part) => participationDeadlines(call, part)),
  ];
  return moments.length === 0 ? null : Math.min(...moments);
}
