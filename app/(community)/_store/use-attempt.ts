'use client';

import { useState } from 'react';
import { sentenceOf } from '../../_language/api-error';
import { useText } from '../../_language/text-provider';

/**
 * Requests that a person starts with a button and waits for.
 *
 * @returns `busy`: which one runs now, or null; `problem`: the sentence of the last failure; `attempt`: runs
 * `work`, and never rejects
 */
export function useAttempt<What extends string>() {
  const t = useText();
  const [busy, setBusy] = useState<What | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = async (what: What, work: () => Promise<unknown>): Promise<void> => {
    setBusy(what);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(sentenceOf(t, error));
    } finally {
      setBusy(null);
    }
  };
  return { busy, problem, setProblem, attempt };
}
