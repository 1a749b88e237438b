'use client';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { IncomingCallProps } from '../slots';
import { withParts } from '../words/with-parts';
import { useFirstWords } from '../words/words-context';
import { Avatar, avatarOf } from './avatar';
import { Button } from './button';
import { classNames } from './class-names';
import style from './incoming-parts.module.css';
import theme from './theme.module.css';

/** "Incoming call from Alice in Weekend trip". */
export function useIncomingName({
  caller,
  groupTitle,
}: Pick<IncomingCallProps, 'caller' | 'groupTitle'>): string {
  const { incoming } = useFirstWords();
  const name = caller.displayName;
  return groupTitle === null ? incoming.name({ name }) : incoming.nameInGroup({ name, group: groupTitle });
}

/**
 * Announces its first sentence, and no other one: screen readers read a live region only when its text is added later.
 * A name that comes while it rings changes the window's name, and is not announced over what the person is reading.
 */
export function SaidOnce({ text }: { text: string }) {
  const [first] = useState(text);
  const [said, setSaid] = useState('');
  useEffect(() => setSaid(first), [first]);
  return (
    <span aria-live="assertive" className={theme.hidden}>
      {said}
    </span>
  );
}

/** Where the caller calls from: the group, or the conversation with this person. */
export function Where({ groupTitle }: Pick<IncomingCallProps, 'groupTitle'>) {
  const { incoming } = useFirstWords();
  return groupTitle === null
    ? incoming.direct
    : withParts(incoming.inGroup, { group: <bdi>{groupTitle}</bdi> });
}

/** What the caller said the call is about. */
export function Line({ call }: Pick<IncomingCallProps, 'call'>) {
  return call.line === null ? null : (
    <p className={style.line} dir="auto">
      {call.line}
    </p>
  );
}

type StripProps = { alsoCalling: IncomingCallProps['alsoCalling'] | undefined };

/** Who calls, too, with the way to that window. */
export function AlsoCallingStrip({ alsoCalling }: StripProps) {
  if (!alsoCalling) return null;
  const { text, label, caller, show } = alsoCalling;
  const bringUp = () => {
    const hasFocus = document.activeElement?.hasAttribute(switchMark) ?? false;
    flushSync(show);
    // The pressed button has left with its strip; the strip of the window that has come up takes its place.
    if (hasFocus) document.querySelector<HTMLElement>(`[${switchMark}]`)?.focus();
  };
  return (
    <div className={style.also}>
      <Avatar {...avatarOf(caller)} size={32} />
      <span className={classNames(style.alsoText, theme.clip)}>{text}</span>
      <Button {...{ [switchMark]: '' }} tone="ghost" onClick={bringUp}>
        {label}
      </Button>
    </div>
  );
}

/** Carried by the one button that switches between incoming windows. */
const switchMark = 'data-call-switch';

/**
 * The attributes that every incoming window carries. One that lies beneath comes up when the focus enters it, so that
 * no focus is covered.
 */
export function windowProps(props: IncomingCallProps, name: string) {
  const { call, stackIndex = 0, bringToFront } = props;
  return {
    role: 'alertdialog',
    'aria-label': name,
    'data-call-phase': 'incoming',
    'data-call-kind': call.conversation.kind,
    'data-ring-state': 'ringing',
    ...(stackIndex > 0 && bringToFront ? { onFocus: bringToFront } : {}),
  };
}
