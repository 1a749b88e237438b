'use client';

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Within this many px of the end one counts as being at the end. */
const endPx = 48;
const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;

type Scroll = {
  frame: RefObject<HTMLDivElement | null>;
  inner: RefObject<HTMLDivElement | null>;
  top: RefObject<HTMLDivElement | null>;
  isAtBottom: boolean;
  /** Back to the newest message. */
  toNewest: () => void;
};

/**
 * Sticks to the bottom while one is there, also when the call dock or the composer grows; stays on
 * the same message when older ones come in above; goes down when one sends.
 */
export function useScroll(list: {
  firstKey: string | null;
  lastPendingKey: string | null;
  loadOlder: () => void;
}): Scroll {
  const frame = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const [isAtBottom, setAtBottom] = useState(true);
  const sticks = useRef(true);
  const before = useRef<{ firstKey: string | null; height: number }>({ firstKey: null, height: 0 });
  const loadOlder = useRef(list.loadOlder);
  loadOlder.current = list.loadOlder;
  const { firstKey, lastPendingKey } = list;
  const isShown = firstKey !== null || lastPendingKey !== null;

  useBrowserLayoutEffect(() => {
    if (lastPendingKey) sticks.current = true;
  }, [lastPendingKey]);

  useBrowserLayoutEffect(() => {
    const box = frame.current;
    if (!box) return;
    const known = before.current;
    if (sticks.current) box.scrollTop = box.scrollHeight;
    else if (known.firstKey !== null && known.firstKey !== firstKey)
      box.scrollTop += box.scrollHeight - known.height;
    before.current = { firstKey, height: box.scrollHeight };
  });

  useEffect(() => {
    const box = frame.current;
    const content = inner.current;
    const start = top.current;
    if (!isShown || !box || !content || !start) return;
    const onScroll = () => {
      sticks.current = box.scrollHeight - box.scrollTop - box.clientHeight < endPx;
      setAtBottom(sticks.current);
    };
    const sizes = new ResizeObserver(() => {
      if (sticks.current) box.scrollTop = box.scrollHeight;
      before.current = { ...before.current, height: box.scrollHeight };
    });
    const older = new IntersectionObserver(
      (seen) => {
        if (seen.some((one) => one.isIntersecting)) loadOlder.current();
      },
      { root: box, rootMargin: '400px 0px 0px' },
    );
    box.addEventListener('scroll', onScroll, { passive: true });
    sizes.observe(box);
    sizes.observe(content);
    older.observe(start);
    return () => {
      box.removeEventListener('scroll', onScroll);
      sizes.disconnect();
      older.disconnect();
    };
  }, [isShown]);

  const toNewest = () => {
    sticks.current = true;
    setAtBottom(true);
    frame.current?.scrollTo({ top: frame.current.scrollHeight });
  };
  return { frame, inner, top, isAtBottom, toNewest };
}
