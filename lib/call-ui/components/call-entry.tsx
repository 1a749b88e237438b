import type { ReactNode } from 'react';
import type { CallEntryProps } from '../slots';
import { isolateText, joinNames, lengthInWords, someone } from '../words';
import { Button } from './button';
import style from './call-entry.module.css';
import { classNames } from './class-names';
import { PhoneDeclinedIcon, PhoneMissedIcon, PhoneOutgoingIcon, PhoneOutlineIcon } from './icons';
import theme from './theme.module.css';

type EntryWords = { strong: string; rest: string; Icon: typeof PhoneOutlineIcon };

/** Describes an ended or live call as its reader saw it. */
function describe({ entry, viewerId, personOf, ringerId, count }: CallEntryProps): EntryWords {
  const nameOf = (id: string) => personOf(id)?.displayName ?? someone;
  const others = entry.personIds.filter((id) => id !== viewerId).map(nameOf);
  const isMine = entry.callerId === viewerId;
  const caller = nameOf(entry.callerId);
  if (ringerId)
    return { strong: `${isolateText(nameOf(ringerId))} is calling…`, rest: '', Icon: PhoneOutlineIcon };
  switch (entry.outcome) {
    case 'live':
      return others.length > 0 && !entry.personIds.includes(viewerId)
        ? {
            strong: joinNames(others),
            rest: others.length === 1 ? 'is waiting' : 'are talking',
            Icon: PhoneOutlineIcon,
          }
        : { strong: 'Call', rest: `started by ${isMine ? 'you' : caller}`, Icon: PhoneOutlineIcon };
    case 'missed':
      return { strong: 'Missed call', rest: `from ${caller}`, Icon: PhoneMissedIcon };
    case 'completed':
      return {
        strong: count > 1 ? `${count} short calls` : `${lengthInWords(entry.lengthMs ?? 0)} call`,
        rest: others.length > 0 ? `with ${joinNames(others)}` : '',
        Icon: PhoneOutlineIcon,
      };
    case 'declined':
      return entry.personIds.includes(viewerId)
        ? { strong: 'You declined', rest: `a call from ${caller}`, Icon: PhoneDeclinedIcon }
        : { strong: `${joinNames(others) || 'Everybody'} declined`, rest: '', Icon: PhoneDeclinedIcon };
    case 'no_answer':
      return { strong: 'No answer', rest: '', Icon: PhoneOutgoingIcon };
    case 'unreachable':
      return { strong: 'Not reachable', rest: '', Icon: PhoneOutgoingIcon };
    case 'cancelled':
      return { strong: 'Call cancelled', rest: '', Icon: PhoneDeclinedIcon };
    case 'failed':
      return { strong: 'Call failed', rest: 'the connection was lost', Icon: PhoneDeclinedIcon };
  }
}

function Part({ children }: { children: ReactNode }) {
  return (
    <>
      <span className={style.dot} aria-hidden="true">
        ·
      </span>
      {children}
    </>
  );
}

/**
 * One line in a conversation for a call, or for several like it in a row.
 *
 * @example
 * <CallEntry {...useCallEntry(entry)} count={1} timeText="10:02" personOf={lookUp} />
 */
export function CallEntry(props: CallEntryProps) {
  const { entry, count, timeText, callBackProps, joinProps } = props;
  const { strong, rest, Icon } = describe(props);
  return (
    <div
      className={classNames(theme.kit, style.entry)}
      data-outcome={entry.outcome}
      data-ring-state={props.ringerId ? 'ringing' : undefined}
      data-call-kind={entry.conversationKind === 'group' ? 'group' : 'direct'}
    >
      <span className={style.icon}>
        <Icon />
      </span>
      <span className={style.words}>
        <strong className={style.strong}>
          <bdi>{strong}</bdi>
        </strong>
        {rest ? <bdi> {rest}</bdi> : null}
        {count > 1 && entry.outcome !== 'completed' ? <Part>{count} times</Part> : null}
        {entry.line === null ? null : (
          <Part>
            <bdi className={style.line}>{entry.line}</bdi>
          </Part>
        )}
        <Part>
          <time className={style.time} dateTime={new Date(entry.startedAt).toISOString()}>
            {timeText}
          </time>
        </Part>
      </span>
      {callBackProps ? (
        <Button tone="ghost" size="sm" {...callBackProps}>
          Call back
        </Button>
      ) : null}
      {joinProps ? (
        <Button tone="accept" size="sm" {...joinProps}>
          Join call
        </Button>
      ) : null}
    </div>
  );
}
