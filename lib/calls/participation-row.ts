import type { participations } from '@/db/schema';
import {
  connected,
  connecting,
  deadlineOf,
  droppedAtOf,
  left,
  mediaSidOf,
  type Participation,
  rejoining,
  wireStateOf,
} from './model/participation';

export type ParticipationRow = Omit<typeof participations.$inferSelect, 'callId'>;

/**
 * A database row as the state that it stands for. A row without the deadline of its state, which no version
 * writes, is one whose time has run out, so that nothing lasts for ever.
 */
export function participationOfRow(row: ParticipationRow): Participation {
  const { state, mediaSid, connectDeadlineAt, rejoinDeadlineAt, droppedAt, enteredAt, handRaisedAt } = row;
  if (state === 'left') return left(row, droppedAt);
  if (state === 'rejoining')
    return rejoining(row, {
      deadlineAt: rejoinDeadlineAt ?? enteredAt,
      droppedAt: droppedAt ?? enteredAt,
    });
  const deadlineAt = connectDeadlineAt ?? enteredAt;
  if (row.movingFrom !== null) {
    const { userId, clientId, signInId } = row;
    const from = { clientId: row.movingFrom, signInId: row.movingFromSignInId };
    const holder = { userId, clientId, signInId, enteredAt, handRaisedAt };
    return { ...holder, state: 'moving', from, mediaSid, deadlineAt, droppedAt };
  }
  return mediaSid === null ? connecting(row, { deadlineAt, droppedAt }) : connected(row, mediaSid);
}

/** The inverse of `participationOfRow`; names every column, so that nothing of an earlier state stays. */
export function rowOfParticipation(part: Participation): ParticipationRow {
  const { userId, clientId, signInId, enteredAt } = part;
  const from = part.state === 'moving' ? part.from : null;
  return {
    userId,
    clientId,
    signInId,
    enteredAt,
    state: wireStateOf(part),
    mediaSid: mediaSidOf(part),
    connectDeadlineAt: part.state === 'rejoining' ? null : deadlineOf(part),
    rejoinDeadlineAt: part.state === 'rejoining' ? part.deadlineAt : null,
    droppedAt: droppedAtOf(part),
    movingFrom: from?.clientId ?? null,
    movingFromSignInId: from?.signInId ?? null,
    handRaisedAt: part.state === 'left' ? null : part.handRaisedAt,
  };
}
