'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '../_language/text-provider';
import { Button } from './button';
import css from './toast.module.css';

const ToastContext = createContext<(sentence: string) => void>(() => undefined);

/** Shows one sentence that has no better place, such as why a menu item did nothing. */
export const useToast = () => useContext(ToastContext);

const shownMs = 6000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useText();
  const [sentence, setSentence] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = useMemo(
    () => (next: string) => {
      clearTimeout(timer.current);
      setSentence(next);
      timer.current = setTimeout(() => setSentence(null), shownMs);
    },
    [],
  );
  return (
    <ToastContext value={show}>
      {children}
      {sentence && (
        <div className={css.toast} role="alert">
          <span>{sentence}</span>
          <Button size="sm" onClick={() => setSentence(null)}>
            {t('ui.dismiss')}
          </Button>
        </div>
      )}
    </ToastContext>
  );
}
