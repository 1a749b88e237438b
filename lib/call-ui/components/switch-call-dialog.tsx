'use client';
import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import type { SwitchCallDialogProps, SwitchSide } from '../slots';
import { formatDuration } from '../words/text';
import { useWords } from '../words/use-words';
import { Avatar } from './avatar';
import { Button } from './button';
import { classNames } from './class-names';
import style from './sheet.module.css';
import theme from './theme.module.css';

function CallLine({
  call,
  words,
  isNext,
  children,
}: {
  call: SwitchSide;
  words: string;
  isNext?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className={classNames(style.call, isNext && style.next)} data-call-kind={call.kind}>
      <Avatar
        id={call.person?.id ?? call.conversationId ?? call.title}
        name={call.title}
        pictureUrl={call.person?.avatarUrl ?? null}
        hue={call.person?.hue ?? call.hue}
        size={44}
        shape={call.kind === 'group' ? 'group' : 'person'}
      />
      <span className={style.callWords}>
        <bdi className={style.callName}>{call.title}</bdi>
        <small>{words}</small>
      </span>
      {children}
    </div>
  );
}

/** One call at a time: names the call that is left and the one that is taken. Escape means Stay. */
export function SwitchCallDialog({
  from,
  to,
  durationMs,
  switchProps,
  stay,
  canStay = true,
  isNarrow,
}: SwitchCallDialogProps) {
  const words = useWords().switch;
  return (
    <Dialog.Root
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) stay();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={classNames(theme.kit, style.scrim)} />
        <Dialog.Popup className={classNames(theme.kit, isNarrow ? style.sheet : style.dialog)}>
          {isNarrow ? <div className={style.grab} aria-hidden="true" /> : null}
          <Dialog.Title className={style.title}>{words.title}</Dialog.Title>
          <Dialog.Description className={style.lede}>{words.oneAtATime}</Dialog.Description>
          <div className={style.swap}>
            <CallLine call={from} words={words.leaveThis}>
              {durationMs === null ? null : (
                <span className={style.length}>{formatDuration(durationMs)}</span>
              )}
            </CallLine>
            <CallLine call={to} words={words[to.entry ?? 'join']} isNext />
          </div>
          <div className={style.actions}>
            <Button tone="primary" size="lg" isBlock className={style.main} {...switchProps}>
              {words.confirm}
            </Button>
            <Button
              tone={isNarrow ? 'quiet' : 'neutral'}
              size="lg"
              isBlock
              disabled={!canStay}
              onClick={stay}
            >
              {words.stay}
            </Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
