'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Within this many px of the end one counts as being at the end. */
const endPx = 48;
/** Older or newer messages load when fewer px than this are left before the end of what is loaded. */
const loadPx = 400;
const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;

type Scroll = {
  frame: RefObject<HTMLDivElement | null>;
  inner: RefObject<HTMLDivElement | null>;
  top: RefObject<HTMLDivElement | null>;
  rows: RefObject<HTMLOListElement | null>;
  isAtBottom: boolean;
  /** Back to the newest message. */
  toNewest: () => void;
};

/** A row, and how far below the start of all that scrolls it ends, in px. */
type Anchor = { row: Element; end: number };

const toEnd = (box: Element): number => box.scrollHeight - box.scrollTop - box.clientHeight;
const endOf = (box: Element, row: Element): number =>
  row.getBoundingClientRect().bottom - box.getBoundingClientRect().top + box.scrollTop;

/** The uppermost row of which something is on the screen; no `data-line`, which moves up when more comes before it. */
function uppermost(box: Element, rows: Element): Anchor | null {
  let [from, to] = [0, rows.children.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const row = rows.children[middle];
    if (row && endOf(box, row) <= box.scrollTop) from = middle + 1;
    else to = middle;
  }
  let row = rows.children[from];
  while (row?.hasAttribute('data-line')) row = row.nextElementSibling ?? undefined;
  return row ? { row, end: endOf(box, row) } : null;
}

/**
 * Sticks to the bottom while one is there, also when the call dock or the composer grows. Further
 * up it keeps what one reads where it is, whatever comes, goes or changes its height above or
 * below; browsers that do so by themselves don't when one is at the very top. Goes down when one
 * sends.
 */
export function useScroll(list: {
  isShown: boolean;
  lastPendingKey: string | null;
  /** What is loaded does not end with the newest message: its end is not the end. */
  hasNewer: boolean;
  loadOlder: () => void;
  loadNewer: () => void;
}): Scroll {
  const frame = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLOListElement>(null);
  const [isAtBottom, setAtBottom] = useState(true);
  const sticks = useRef(true);
  const anchor = useRef<Anchor | null>(null);
  /** Where the list stood when it was last looked at. */
  const known = useRef(0);
  const latest = useRef(list);
  latest.current = list;
  const { isShown, lastPendingKey } = list;

  const remember = useCallback((box: Element) => {
    anchor.current = rows.current && uppermost(box, rows.current);
    known.current = box.scrollTop;
  }, []);

  const keepPlace = useCallback(() => {
    const box = frame.current;
    if (!box || !rows.current) return;
    const kept = anchor.current;
    // The person scrolled up a moment ago, and the scroll event is still to come: without them the browser scrolls up
    // only to the end of content that has become shorter.
    if (box.scrollTop < known.current && toEnd(box) >= endPx) sticks.current = false;
    if (sticks.current && !latest.current.hasNewer) box.scrollTop = box.scrollHeight;
    else if (kept?.row.isConnected) box.scrollTop += endOf(box, kept.row) - kept.end;
    remember(box);
  }, [remember]);

  useBrowserLayoutEffect(() => {
    if (lastPendingKey) sticks.current = true;
  }, [lastPendingKey]);

  useBrowserLayoutEffect(keepPlace);

  useEffect(() => {
    const box = frame.current;
    const content = inner.current;
    const start = top.current;
    if (!isShown || !box || !content || !start) return;
    const onScroll = () => {
      const { hasNewer, loadNewer } = latest.current;
      sticks.current = toEnd(box) < endPx && !hasNewer;
      setAtBottom(sticks.current);
      remember(box);
      if (hasNewer && toEnd(box) < loadPx) loadNewer();
    };
    const sizes = new ResizeObserver(keepPlace);
    const older = new IntersectionObserver(
      (seen) => {
        if (seen.some((one) => one.isIntersecting)) latest.current.loadOlder();
      },
      { root: box, rootMargin: `${loadPx}px 0px 0px` },
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
  }, [isShown, keepPlace, remember]);

  const toNewest = () => {
    sticks.current = true;
    setAtBottom(true);
    frame.current?.scrollTo({ top: frame.current.scrollHeight });
  };
  return { frame, inner, top, rows, isAtBottom, toNewest };
}
