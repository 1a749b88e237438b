'use client';

import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { sentenceOf } from '../_language/api-error';
import { useText } from '../_language/text-provider';
import { Button, IconButton, Problem } from './button';
import { useClosedKey } from './closed-key';
import css from './dialog.module.css';

/** A dialog over a scrim; a bottom sheet on a narrow window, over all of it with `isFull`. `footer` stays last. */
export function Modal({
  open,
  onClose,
  title,
  lede,
  isSmall,
  isFull,
  isBusy,
  footer,
  children,
}: {
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
}) {
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

/** Asks before an action that can't be undone. `confirm` may fail. */
export function ConfirmModal({
  open,
  onClose,
  title,
  lede,
  confirmLabel,
  confirm,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  lede: string;
  confirmLabel: string;
  confirm: () => Promise<void>;
}) {
  const t = useText();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const close = () => {
    setProblem(null);
    onClose();
  };
  const run = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await confirm();
      onClose();
    } catch (error) {
      setProblem(sentenceOf(t, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      onClose={close}
      title={title}
      lede={lede}
      isSmall
      isBusy={isBusy}
      footer={
        <>
          <Button size="lg" disabled={isBusy} onClick={close}>
            {t('ui.cancel')}
          </Button>
          <Button size="lg" tone="danger" isBusy={isBusy} onClick={() => void run()}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <Problem>{problem}</Problem>
    </Modal>
  );
}
