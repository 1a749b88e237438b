'use client';
import type { CSSProperties } from 'react';
import type { IncomingCallProps } from '../slots';
import { useFirstWords } from '../words/words-context';
import { Avatar, avatarOf } from './avatar';
import { classNames } from './class-names';
import { MessageIcon, PhoneIcon, PhoneXIcon, SoundOffIcon } from './icons';
import style from './incoming-on-phone.module.css';
import { AlsoCallingStrip, Line, SaidOnce, useIncomingName, Where, windowProps } from './incoming-parts';
import { ReplyPanel, useReplyMenu } from './reply-panel';
import theme from './theme.module.css';

type AnswersProps = Pick<IncomingCallProps, 'acceptProps' | 'declineProps'> & { size: number };

/** Decline and Accept as discs with their words beneath. */
function Answers({ acceptProps, declineProps, size }: AnswersProps) {
  const words = useFirstWords().incoming;
  return (
    <div className={style.rounds}>
      <button {...declineProps} className={style.round}>
        <span className={classNames(style.disc, style.decline)}>
          <PhoneXIcon size={size} />
        </span>
        {words.decline}
      </button>
      <button {...acceptProps} className={style.round}>
        <span className={classNames(style.disc, style.accept)}>
          {acceptProps['aria-busy'] ? (
            <span className={theme.spinner} aria-hidden="true" />
          ) : (
            <PhoneIcon size={size} />
          )}
        </span>
        {words.accept}
      </button>
    </div>
  );
}

/** A ring on a phone: the whole screen, the buttons where the thumb is. */
export function IncomingScreen(props: IncomingCallProps) {
  const { caller, groupTitle, unblockSound, stackIndex = 0 } = props;
  const menu = useReplyMenu(props);
  const name = useIncomingName(props);
  const words = useFirstWords().incoming;
  return (
    <section
      className={classNames(theme.kit, style.screen)}
      style={{ '--k-stack': stackIndex } as CSSProperties}
      {...windowProps(props, name)}
    >
      <SaidOnce text={name} />
      <span className={style.face}>
        <Avatar {...avatarOf(caller)} size={136} hasRings />
      </span>
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
      {unblockSound ? (
        <button type="button" className={style.soundPill} onClick={unblockSound}>
          <SoundOffIcon size={18} />
          {words.tapToHear}
        </button>
      ) : null}
      <div className={style.foot}>
        <AlsoCallingStrip alsoCalling={props.alsoCalling} />
        <ReplyPanel menu={menu} props={props} />
        {props.reply ? (
          <button {...menu.toggleProps} aria-label={undefined} className={style.message}>
            <MessageIcon size={18} />
            {words.reply}
          </button>
        ) : null}
        <Answers {...props} declineProps={menu.declineProps} size={32} />
      </div>
    </section>
  );
}

/** A ring during a call on a phone: a banner under the header, so that mute and leave stay in reach. */
export function IncomingBanner(props: IncomingCallProps) {
  const { caller, groupTitle, stackIndex = 0 } = props;
  const menu = useReplyMenu(props);
  const name = useIncomingName(props);
  const words = useFirstWords().incoming;
  return (
    <section
      className={classNames(theme.kit, style.banner)}
      style={{ '--k-stack': stackIndex } as CSSProperties}
      {...windowProps(props, name)}
    >
      <SaidOnce text={name} />
      <div className={style.line}>
        <Avatar {...avatarOf(caller)} size={52} hasRings />
        <div className={style.bannerWords}>
          <bdi className={classNames(style.bannerName, theme.clip)}>{caller.displayName}</bdi>
          <span className={classNames(style.bannerKind, theme.clip)}>
            {props.call.line ?? (groupTitle === null ? words.title : <Where groupTitle={groupTitle} />)}
          </span>
        </div>
        <Answers {...props} declineProps={menu.declineProps} size={24} />
      </div>
      <ReplyPanel menu={menu} props={props} />
      <AlsoCallingStrip alsoCalling={props.alsoCalling} />
    </section>
  );
}
