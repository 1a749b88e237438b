'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from './button';
import css from './tell.module.css';

const TellContext = createContext<(sentence: string) => void>(() => undefined);

/** Tells the person one sentence that has no better place, such as why a menu item did nothing. */
export const useTell = () => useContext(TellContext);

const shownMs = 6000;

export function TellProvider({ children }: { children: ReactNode }) {
  const [sentence, setSentence] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = useMemo(
    () => (next: string) => {
      clearTimeout(timer.current);
      setSentence(next);
      timer.current = setTimeout(() => setSentence(null), shownMs);
    },
    [],
  );
  return (
    <TellContext value={tell}>
      {children}
      {sentence && (
        <div className={css.tell} role="alert">
          <span>{sentence}</span>
          <Button size="small" onClick={() => setSentence(null)}>
            Dismiss
          </Button>
        </div>
      )}
    </TellContext>
  );
}
