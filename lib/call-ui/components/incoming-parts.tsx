'use client';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { IncomingCallProps } from '../slots';
import { Avatar } from './avatar';
import { Button } from './button';
import { classNames } from './class-names';
import style from './incoming-parts.module.css';
import theme from './theme.module.css';

/** "Incoming call from Alice in Weekend trip". */
export function incomingName({
  caller,
  groupTitle,
}: Pick<IncomingCallProps, 'caller' | 'groupTitle'>): string {
  return `Incoming call from ${caller.displayName}${groupTitle === null ? '' : ` in ${groupTitle}`}`;
}

/** The attributes that every incoming window carries. */
export const incomingData = ({ call }: Pick<IncomingCallProps, 'call'>) => ({
  'data-call-phase': 'incoming',
  'data-call-kind': call.conversation.kind,
  'data-ring-state': 'ringing',
});

/** Announces a sentence once: screen readers read a live region only when its text is added later. */
export function SaidOnce({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => setSaid(text), [text]);
  return (
    <span aria-live="assertive" className={theme.hidden}>
      {said}
    </span>
  );
}

/** Where the caller calls from: the group, or the conversation with this person. */
export function Where({ groupTitle }: Pick<IncomingCallProps, 'groupTitle'>) {
  return groupTitle === null ? (
    'Direct conversation'
  ) : (
    <>
      in <bdi>{groupTitle}</bdi>
    </>
  );
}

/** What the caller said the call is about. */
export function Line({ call }: Pick<IncomingCallProps, 'call'>) {
  return call.line === null ? null : (
    <p className={style.line} dir="auto">
      {call.line}
    </p>
  );
}

type StripProps = {
  alsoCalling: IncomingCallProps['alsoCalling'] | undefined;
  toggle: RefObject<HTMLButtonElement | null>;
};

/** Who calls, too, with the way to that window. */
export function AlsoCallingStrip({ alsoCalling, toggle }: StripProps) {
  if (!alsoCalling) return null;
  const { text, label, caller, show } = alsoCalling;
  return (
    <div className={style.also}>
      <Avatar id={caller.id} name={caller.displayName} pictureUrl={caller.avatarUrl} size={32} />
      <span className={classNames(style.alsoText, theme.clip)}>{text}</span>
      <Button ref={toggle} tone="ghost" onClick={show}>
        {label}
      </Button>
    </div>
  );
}

/**
 * What keeps the focus visible among several windows: one that lies beneath comes up when the focus enters it, and
 * when the switch brings a window up, the focus goes from the covered switch to that window's own.
 */
export function useWindowStack({ stackIndex = 0, bringToFront }: IncomingCallProps) {
  const toggle = useRef<HTMLButtonElement>(null);
  const frame = useRef<HTMLElement>(null);
  const before = useRef(stackIndex);
  useEffect(() => {
    const hasComeUp = before.current > 0 && stackIndex === 0;
    before.current = stackIndex;
    const focused = document.activeElement;
    const isInOther = focused?.closest('[role="alertdialog"]') && !frame.current?.contains(focused);
    if (hasComeUp && isInOther) toggle.current?.focus();
  }, [stackIndex]);
  const onFocus = stackIndex > 0 ? bringToFront : undefined;
  return { toggle, frame, onFocus };
}
