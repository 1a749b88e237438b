'use client';

import { useEffect, useRef } from 'react';

/** Before the server is told again what it could not be told, in milliseconds. */
const againMs = 5000;

/**
 * Tells the server once what the person has seen, and again while it could not be told; there is nothing to say
 * to the person about it.
 *
 * @param what changes with what there is to tell; null: nothing
 */
export function useTelling(what: string | null, tell: () => Promise<unknown>): void {
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    if (what === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const say = () =>
      void latest.current().catch(() => {
        if (!isOver) timer = setTimeout(say, againMs);
      });
    say();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [what]);
}
