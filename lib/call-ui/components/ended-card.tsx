'use client';
import { useEffect, useRef } from 'react';
import type { EndedCardProps } from '../slots';
import { useWords } from '../words/use-words';
import { Avatar } from './avatar';
import { Button } from './button';
import { CloseIcon } from './call-icons';
import { classNames } from './class-names';
import style from './ended-card.module.css';
import { MessageIcon, PhoneIcon } from './icons';
import theme from './theme.module.css';

/** How the call went, once it has ended: outcome, length, and the next steps. */
export function EndedCard({
  title,
  detail,
  person,
  groupTitle,
  conversationId,
  callAgainProps,
  groupHue,
  messageProps,
  dismiss,
  hold,
}: EndedCardProps) {
  const { call, cards } = useWords();
  const at = useRef({ hasPointer: false, hasFocus: false });
  const is = (change: Partial<typeof at.current>) => {
    at.current = { ...at.current, ...change };
    hold?.(at.current.hasPointer || at.current.hasFocus);
  };
  const releaseHold = useRef(hold);
  releaseHold.current = hold;
  // A card that goes away under the pointer hears of no leaving.
  useEffect(() => () => releaseHold.current?.(false), []);
  const name = person?.displayName ?? groupTitle ?? title;
  return (
    <section
      role="status"
      className={classNames(theme.kit, style.card)}
      data-call-phase="ended"
      onPointerEnter={() => is({ hasPointer: true })}
      onPointerLeave={() => is({ hasPointer: false })}
      onFocus={() => is({ hasFocus: true })}
      onBlur={({ currentTarget, relatedTarget }) => is({ hasFocus: currentTarget.contains(relatedTarget) })}
    >
      <Avatar
        id={person?.id ?? conversationId ?? name}
        name={name}
        pictureUrl={person?.avatarUrl ?? null}
        hue={person ? person.hue : groupHue}
        size={52}
        shape={person ? 'person' : 'group'}
      />
      <div className={style.words}>
        <bdi className={classNames(style.title, theme.clip)}>{title}</bdi>
        {detail ? <bdi className={classNames(style.detail, theme.clip)}>{detail}</bdi> : null}
      </div>
      <div className={style.actions}>
        <Button tone="soft" icon={<PhoneIcon size={18} />} {...callAgainProps}>
          {cards.callAgain}
        </Button>
        {messageProps ? (
          <Button icon={<MessageIcon size={18} />} {...messageProps}>
            {cards.message}
          </Button>
        ) : null}
        <Button
          tone="quiet"
          size="icon"
          aria-label={call.dismiss}
          icon={<CloseIcon size={18} />}
          onClick={dismiss}
        />
      </div>
    </section>
  );
}
