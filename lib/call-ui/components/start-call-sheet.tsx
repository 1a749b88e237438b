'use client';
import { Dialog } from '@base-ui/react/dialog';
import { useId, useRef, useState } from 'react';
import type { StartCallSheetProps } from '../slots';
import { useWords } from '../words/use-words';
import { withParts } from '../words/with-parts';
import { Avatar, avatarOf } from './avatar';
import { Button } from './button';
import { DevicesIcon } from './call-icons';
import { classNames } from './class-names';
import { DownIcon, PhoneIcon } from './icons';
import { LineField } from './line-field';
import style from './sheet.module.css';
import theme from './theme.module.css';

/**
 * Asks once more on a phone, where a thumb slips easily: who will ring, Join call or Cancel; before that
 * one can check one's devices.
 */
export function StartCallSheet(props: StartCallSheetProps) {
  const { people, title, joinProps, cancel, deviceMenu, isNarrow = true } = props;
  const [isChecking, setChecking] = useState(false);
  const { sheet } = useWords();
  const devicesId = useId();
  const field = useRef<HTMLInputElement>(null);
  const join = useRef<HTMLButtonElement>(null);
  return (
    <Dialog.Root
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) cancel();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={classNames(theme.kit, style.scrim)} />
        {/* The heading that is visible names who is called; the dialog's own name stays the same for every call. */}
        <Dialog.Popup
          aria-label={sheet.name}
          className={classNames(theme.kit, isNarrow ? style.sheet : style.dialog)}
          // On a phone the keyboard would cover the sheet.
          initialFocus={isNarrow ? join : field}
        >
          {isNarrow ? <div className={style.grab} aria-hidden="true" /> : null}
          <h2 className={style.title}>{withParts(sheet.title, { title: <bdi>{title}</bdi> })}</h2>
          {people.length > 1 ? (
            <Dialog.Description className={style.lede}>{sheet.willRing}</Dialog.Description>
          ) : null}
          <div className={style.content}>
            <ul className={style.people}>
              {people.map((person) => (
                <li key={person.id} className={style.person}>
                  <Avatar {...avatarOf(person)} size={40} />
                  <bdi className={theme.clip}>{person.displayName}</bdi>
                </li>
              ))}
            </ul>
            <LineField {...props} ref={field} />
            <button
              type="button"
              className={style.check}
              aria-expanded={isChecking}
              aria-controls={devicesId}
              onClick={() => setChecking(!isChecking)}
            >
              <DevicesIcon size={20} />
              <span className={style.checkWords}>{sheet.checkDevices}</span>
              <DownIcon size={18} />
            </button>
            <div id={devicesId} className={style.devices} hidden={!isChecking}>
              {isChecking ? deviceMenu : null}
            </div>
          </div>
          <div className={style.actions}>
            <Button
              ref={join}
              tone="accept"
              size="lg"
              isBlock
              icon={<PhoneIcon />}
              className={style.main}
              {...joinProps}
            >
              {sheet.join}
            </Button>
            <Button tone={isNarrow ? 'quiet' : 'neutral'} size="lg" isBlock onClick={cancel}>
              {sheet.cancel}
            </Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
