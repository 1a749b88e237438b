'use client';

import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useText } from '../_language/text-provider';
import { IconButton } from './button';
import { useClosedKey } from './closed-key';
import css from './dialog.module.css';

export type ModalProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  lede?: string;
  isSmall?: boolean;
  isFull?: boolean;
  /** A request that runs can't be cancelled: the dialog stays until it settles. */
  isBusy?: boolean;
  footer?: ReactNode;
  children?: ReactNode;
};

/** What `Modal` shows once it has been opened. */
export function ModalWindow({
  open,
  onClose,
  title,
  lede,
  isSmall,
  isFull,
  isBusy,
  footer,
  children,
}: ModalProps) {
  const t = useText();
  const popup = useRef<HTMLDivElement>(null);
  // Focuses a dialog's text field, but not on a phone, where the keyboard would cover the sheet.
  const firstFocus = (by: string) =>
    by === 'touch' ? true : (popup.current?.querySelector('input') ?? true);
  return (
    <Dialog.Root key={useClosedKey(open)} open={open} onOpenChange={(next) => !next && !isBusy && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={css.scrim} />
        <Dialog.Popup
          ref={popup}
          initialFocus={firstFocus}
          className={[css.popup, isSmall && css.small, isFull && css.full].filter(Boolean).join(' ')}
        >
          <div className={css.head}>
            <Dialog.Title className={css.title}>{title}</Dialog.Title>
            <Dialog.Close render={<IconButton label={t('ui.close')} />}>
              <X size={20} strokeWidth={1.75} aria-hidden="true" />
            </Dialog.Close>
          </div>
          {lede && <Dialog.Description className={css.lede}>{lede}</Dialog.Description>}
          {children}
          {footer && <div className={css.foot}>{footer}</div>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
