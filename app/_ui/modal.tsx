'use client';

import { useState } from 'react';
import { sentenceOf } from '../_language/api-error';
import { useText } from '../_language/text-provider';
import { Button, Problem } from './button';
import { Later, laterPart } from './later';
import type { ModalProps } from './modal-window';

const modalWindow = laterPart(async () => (await import('./modal-window')).ModalWindow);

/** A dialog over a scrim; a bottom sheet on a narrow window, over all of it with `isFull`. `footer` stays last. */
export function Modal(props: ModalProps) {
  return <Later part={modalWindow} props={props} isDue={props.open} giveUp={props.onClose} />;
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
