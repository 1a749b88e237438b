'use client';
import { useRef } from 'react';
import type { CallParticipant } from '../view-models';
import { Avatar, avatarOf } from './avatar';
import style from './rejoin-ring.module.css';

const circumference = 2 * Math.PI * 46;

/** A greyed avatar in a ring that empties while the rejoin time runs out. */
export function RejoinRing({ participant, size }: { participant: CallParticipant; size: number }) {
  const left = participant.rejoinMsLeft ?? 0;
  // The whole time is not sent: the most that was seen stands for it.
  const most = useRef(0);
  most.current = Math.max(most.current, left, 1);
  const { person } = participant;
  return (
    <span className={style.ring} style={{ width: size, height: size }}>
      <svg viewBox="0 0 96 96" aria-hidden="true" className={style.drawing}>
        <circle cx="48" cy="48" r="46" className={style.track} />
        <circle
          cx="48"
          cy="48"
          r="46"
          className={style.left}
          strokeDasharray={`${(left / most.current) * circumference} ${circumference}`}
        />
      </svg>
      <Avatar {...avatarOf(person)} size={size - 20} isDim />
    </span>
  );
}
