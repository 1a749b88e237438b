'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Language } from '@/languages/languages';
import { createTranslator, type Messages, type Translate } from '@/languages/translator';

type Held = { t: Translate; messages: Messages; choice: Language | null };

const TextContext = createContext<Held | null>(null);

/** Gives the components inside their words; `messages` come beside those of the providers further out. */
export function TextProvider({
  locale,
  choice,
  messages,
  children,
}: {
  locale: string;
  choice: Language | null;
  messages: Messages;
  children: ReactNode;
}) {
  const outer = useContext(TextContext)?.messages;
  const held = useMemo(() => {
    const all = { ...outer, ...messages };
    return { t: createTranslator(locale, all), messages: all, choice };
  }, [locale, choice, outer, messages]);
  return <TextContext value={held}>{children}</TextContext>;
}

function useHeld(): Held {
  const held = useContext(TextContext);
  if (!held) throw new Error('This component is outside the layouts that send words');
  return held;
}

/**
 * Returns the function that turns ids into words of the reader's language.
 *
 * @example
 * const t = useText();
 * return <Button>{t('ui.cancel')}</Button>;
 */
export const useText = (): Translate => useHeld().t;

/** What the person chose in Settings; null follows the browser. */
export const useLanguageChoice = (): Language | null => useHeld().choice;
