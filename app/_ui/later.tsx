'use client';

import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { useText } from '../_language/text-provider';
import { useToast } from './toast';

/** A component whose code the page does without until it is due. */
export type LaterPart<Props> = {
  /** Rejects when it can't be had. */
  load(): Promise<ComponentType<Props>>;
  current(): ComponentType<Props> | null;
};

const parts: { load(): Promise<unknown> }[] = [];

/** @param importPart contains the `import()`, which a bundler recognises only where it is written out */
export function laterPart<Props>(importPart: () => Promise<ComponentType<Props>>): LaterPart<Props> {
  let loaded: ComponentType<Props> | null = null;
  const part: LaterPart<Props> = {
    async load() {
      loaded ??= await importPart();
      return loaded;
    },
    current: () => loaded,
  };
  parts.push(part);
  return part;
}

/**
 * Shows a part from when it is first due. Where it can't be had it says so and calls `giveUp`; the next time that it is
 * due it is asked for again.
 */
export function Later<Props extends object>({
  part,
  props,
  isDue,
  giveUp,
  before,
}: {
  part: LaterPart<Props>;
  props: Props;
  isDue: boolean;
  giveUp: () => void;
  /** Stands in its place until it is there. */
  before?: ReactNode;
}) {
  const t = useText();
  const showToast = useToast();
  const [Part, setPart] = useState<ComponentType<Props> | null>(null);
  if (isDue && !Part && part.current()) setPart(() => part.current());
  useEffect(() => {
    if (!isDue || Part) return;
    let isCurrent = true;
    part.load().then(
      (loaded) => isCurrent && setPart(() => loaded),
      () => {
        if (!isCurrent) return;
        showToast(t('ui.didNotOpen'));
        giveUp();
      },
    );
    return () => {
      isCurrent = false;
    };
  });
  return Part ? <Part {...props} /> : before;
}

/** Loads every part once the page is loaded and has nothing else to do. */
export function useLoadLater(): void {
  useEffect(() => {
    const cancelled = new AbortController();
    const loadAll = () => {
      if (cancelled.signal.aborted) return;
      // What fails now is asked for again when it is due.
      for (const part of parts) part.load().catch(() => undefined);
    };
    // Safari has no idle callbacks.
    const whenIdle = () => (globalThis.requestIdleCallback ?? setTimeout)(loadAll);
    if (document.readyState === 'complete') whenIdle();
    else addEventListener('load', whenIdle, { once: true, signal: cancelled.signal });
    return () => cancelled.abort();
  }, []);
}
