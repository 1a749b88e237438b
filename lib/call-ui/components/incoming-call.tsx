'use client';
import { type CSSProperties, useEffect, useState } from 'react';
import type { IncomingCallProps } from '../slots';
import { Avatar } from './avatar';
import { Button } from './button';
import { classNames } from './class-names';
import { PhoneIcon, PhoneXIcon, SoundOffIcon } from './icons';
import style from './incoming-call.module.css';
import theme from './theme.module.css';

/** Announces a sentence once: screen readers read a live region only when its text is added later. */
function SaidOnce({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => setSaid(text), [text]);
  return (
    <span aria-live="assertive" className={theme.hidden}>
      {said}
    </span>
  );
}

/**
 * The window of a ring. It lies over the page, takes no focus, makes nothing inert, and only Accept,
 * Decline or the end of the ring closes it; Escape does nothing here.
 *
 * @example
 * const ring = useIncomingCall();
 * return ring && <IncomingCall {...ring} unblockSound={null} isNarrow={false} />;
 */
export function IncomingCall(props: IncomingCallProps) {
  const { call, caller, groupTitle, acceptProps, declineProps, unblockSound, shortcuts, isNarrow } = props;
  const stackIndex = props.stackIndex ?? 0;
  const name = `Incoming call from ${caller.displayName}${groupTitle === null ? '' : ` in ${groupTitle}`}`;
  const data = {
    'data-call-phase': 'incoming',
    'data-call-kind': call.conversation.kind,
    'data-ring-state': 'ringing',
  };
  const avatar = (
    <Avatar
      id={caller.id}
      name={caller.displayName}
      pictureUrl={caller.avatarUrl}
      size={isNarrow ? 136 : 72}
      hasRings
    />
  );
  const words = (
    <div className={style.words}>
      <p className={style.kind}>Incoming call</p>
      <p className={style.name}>
        <bdi className={isNarrow ? undefined : theme.clip}>{caller.displayName}</bdi>
      </p>
      <p className={classNames(style.where, theme.clip)}>
        {groupTitle === null ? (
          'Direct conversation'
        ) : (
          <>
            in <bdi>{groupTitle}</bdi>
          </>
        )}
      </p>
    </div>
  );
  if (isNarrow) {
    return (
      <section
        role="alertdialog"
        aria-label={name}
        className={classNames(theme.kit, style.screen)}
        style={{ '--k-stack': stackIndex } as CSSProperties}
        {...data}
      >
        <SaidOnce text={name} />
        {avatar}
        {words}
        {unblockSound ? (
          <button type="button" className={style.soundPill} onClick={unblockSound}>
            <SoundOffIcon size={18} />
            Sound is blocked – tap to hear
          </button>
        ) : null}
        <div className={style.rounds}>
          <button {...declineProps} className={style.round}>
            <span className={classNames(style.disc, style.decline)}>
              <PhoneXIcon size={32} />
            </span>
            Decline
          </button>
          <button {...acceptProps} className={style.round}>
            <span className={classNames(style.disc, style.accept)}>
              {acceptProps['aria-busy'] ? (
                <span className={theme.spinner} aria-hidden="true" />
              ) : (
                <PhoneIcon size={32} />
              )}
            </span>
            Accept
          </button>
        </div>
      </section>
    );
  }
  return (
    <div className={classNames(theme.kit, style.place)} style={{ '--k-stack': stackIndex } as CSSProperties}>
      {stackIndex === 0 ? <div className={style.glow} aria-hidden="true" /> : null}
      <section role="alertdialog" aria-label={name} className={style.window} {...data}>
        <SaidOnce text={name} />
        <div className={style.top}>
          {avatar}
          {words}
        </div>
        <div className={style.pair}>
          <Button tone="danger" size="lg" icon={<PhoneXIcon size={22} />} {...declineProps}>
            Decline
          </Button>
          <Button tone="accept" size="lg" icon={<PhoneIcon size={22} />} {...acceptProps}>
            Accept
          </Button>
        </div>
        {shortcuts ? (
          <div className={style.keys} aria-hidden="true">
            <span>{shortcuts.decline}</span>
            <span>{shortcuts.accept}</span>
          </div>
        ) : null}
        {unblockSound ? (
          <div className={style.sound}>
            <SoundOffIcon size={18} />
            <span>Sound is blocked here</span>
            <Button tone="ghost" onClick={unblockSound}>
              Click to hear
            </Button>
          </div>
        ) : null}
      </section>
    </div>
  );
}
