import type { ReactNode } from 'react';
import type { CallEntryProps } from '../slots';
import { joinNames, lengthInWords } from '../words/in-sentences';
import type { FirstWords } from '../words/ready-words';
import { useFirstWords } from '../words/words-context';
import { Button } from './button';
import style from './call-entry.module.css';
import { classNames } from './class-names';
import { PhoneDeclinedIcon, PhoneMissedIcon, PhoneOutgoingIcon, PhoneOutlineIcon } from './icons';
import theme from './theme.module.css';

type EntryWords = { strong: string; rest: string; Icon: typeof PhoneOutlineIcon };

/** Describes an ended or live call as its reader saw it. */
function describe(
  { entry, viewerId, personOf, ringerId, count }: CallEntryProps,
  words: FirstWords,
): EntryWords {
  const say = words.entry;
  const nameOf = (id: string) => personOf(id)?.displayName ?? words.person.unknown;
  const names = entry.personIds.filter((id) => id !== viewerId).map(nameOf);
  const isMine = entry.callerId === viewerId;
  const name = nameOf(entry.callerId);
  if (ringerId)
    return { strong: words.start.incoming({ name: nameOf(ringerId) }), rest: '', Icon: PhoneOutlineIcon };
  switch (entry.outcome) {
    case 'live':
      return names.length > 0 && !entry.personIds.includes(viewerId)
        ? {
            strong: joinNames(names, words),
            rest: names.length === 1 ? say.waits : say.talk,
            Icon: PhoneOutlineIcon,
          }
        : {
            strong: say.live,
            rest: isMine ? say.startedByMe : say.startedBy({ name }),
            Icon: PhoneOutlineIcon,
          };
    case 'missed':
      return { strong: say.missed, rest: say.missedFrom({ name }), Icon: PhoneMissedIcon };
    case 'completed': {
      const length = lengthInWords(entry.lengthMs ?? 0, words);
      return {
        strong: count > 1 ? say.short({ count }) : say.completed({ length }),
        rest: names.length > 0 ? say.with({ names }) : '',
        Icon: PhoneOutlineIcon,
      };
    }
    case 'declined':
      return entry.personIds.includes(viewerId)
        ? { strong: say.declinedByMe, rest: say.declinedFrom({ name }), Icon: PhoneDeclinedIcon }
        : {
            strong: names.length > 0 ? say.declinedBy({ count: names.length, names }) : say.declinedByAll,
            rest: '',
            Icon: PhoneDeclinedIcon,
          };
    case 'no_answer':
      return { strong: say.noAnswer, rest: '', Icon: PhoneOutgoingIcon };
    case 'unreachable':
      return { strong: say.unreachable, rest: '', Icon: PhoneOutgoingIcon };
    case 'cancelled':
      return { strong: say.cancelled, rest: '', Icon: PhoneDeclinedIcon };
    case 'failed':
      return { strong: say.failed, rest: say.connectionLost, Icon: PhoneDeclinedIcon };
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
  const words = useFirstWords();
  const { strong, rest, Icon } = describe(props, words);
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
        {count > 1 && entry.outcome !== 'completed' ? <Part>{words.entry.times({ count })}</Part> : null}
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
          {words.start.callBack}
        </Button>
      ) : null}
      {joinProps ? (
        <Button tone="accept" size="sm" {...joinProps}>
          {words.start.join}
        </Button>
      ) : null}
    </div>
  );
}
