'use client';
import type { CSSProperties } from 'react';
import type { IncomingCallProps } from '../slots';
import { useFirstWords } from '../words/words-context';
import { Avatar, avatarOf } from './avatar';
import { Button } from './button';
import { classNames } from './class-names';
import { DownIcon, PhoneIcon, PhoneXIcon, SoundOffIcon } from './icons';
import style from './incoming-call.module.css';
import { IncomingBanner, IncomingScreen } from './incoming-on-phone';
import { AlsoCallingStrip, Line, SaidOnce, useIncomingName, Where, windowProps } from './incoming-parts';
import { ReplyPanel, useReplyMenu } from './reply-panel';
import theme from './theme.module.css';

/**
 * The window of a ring. It lies over the page, takes no focus, makes nothing inert, and only Accept,
 * Decline or the end of the ring closes it; Escape does nothing here. On a phone it fills the screen, and during a
 * call it is a banner that leaves the controls free.
 *
 * @example
 * const ring = useIncomingCall();
 * return ring && <IncomingCall {...ring} unblockSound={null} isNarrow={false} />;
 */
export function IncomingCall(props: IncomingCallProps) {
  if (!props.isNarrow) return <IncomingWindow {...props} />;
  return props.isInCall ? <IncomingBanner {...props} /> : <IncomingScreen {...props} />;
}

function IncomingWindow(props: IncomingCallProps) {
  const { caller, groupTitle, acceptProps, unblockSound, shortcuts, stackIndex = 0 } = props;
  const menu = useReplyMenu(props);
  const name = useIncomingName(props);
  const words = useFirstWords().incoming;
  return (
    <div className={classNames(theme.kit, style.place)} style={{ '--k-stack': stackIndex } as CSSProperties}>
      {stackIndex === 0 ? <div className={style.glow} aria-hidden="true" /> : null}
      <section className={style.window} {...windowProps(props, name)}>
        <SaidOnce text={name} />
        <div className={style.top}>
          <Avatar {...avatarOf(caller)} size={72} hasRings />
          <div className={style.words}>
            <p className={style.kind}>{words.title}</p>
            <p className={style.name}>
              <bdi>{caller.displayName}</bdi>
            </p>
            <p className={classNames(style.where, theme.clip)}>
              <Where groupTitle={groupTitle} />
            </p>
            <Line call={props.call} />
          </div>
        </div>
        <div className={style.pair}>
          <span className={style.answer}>
            {/* Before Decline in the order of Tab, so that Decline stays one step from Accept. */}
            {props.reply ? (
              <button {...menu.toggleProps} title={words.reply} className={style.arrow}>
                <DownIcon size={18} />
              </button>
            ) : null}
            <Button tone="danger" size="lg" isBlock icon={<PhoneXIcon size={22} />} {...menu.declineProps}>
              {words.decline}
            </Button>
          </span>
          <Button tone="accept" size="lg" icon={<PhoneIcon size={22} />} {...acceptProps}>
            {words.accept}
          </Button>
        </div>
        <ReplyPanel menu={menu} props={props} />
        {shortcuts ? (
          <div className={style.keys} aria-hidden="true">
            <span dir="ltr">{shortcuts.decline}</span>
            <span dir="ltr">{shortcuts.accept}</span>
          </div>
        ) : null}
        <AlsoCallingStrip alsoCalling={props.alsoCalling} />
        {unblockSound ? (
          <div className={style.sound}>
            <SoundOffIcon size={18} />
            <span>{words.soundBlocked}</span>
            <Button tone="ghost" onClick={unblockSound}>
              {words.hear}
            </Button>
          </div>
        ) : null}
      </section>
    </div>
  );
}
