'use client';

import { useEffect, useRef } from 'react';
import { pauseBeforeRetry } from './api';

/**
 * Reports to the server what the person has seen, once; while it fails for a reason that may pass, again with
 * growing pauses. A refusal is final, and the person is not bothered with it.
 *
 * @param what Changes with what there is to report; null: nothing.
 */
export function useReportSeen(what: string | null, report: () => Promise<unknown>): void {
  const latest = useRef(report);
  latest.current = report;
  useEffect(() => {
    if (what === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const send = (tries: number) =>
      void latest.current().catch((error: unknown) => {
        const pauseMs = pauseBeforeRetry(error, tries);
        if (!isOver && pauseMs !== null) timer = setTimeout(() => send(tries + 1), pauseMs);
      });
    send(0);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [what]);
}
