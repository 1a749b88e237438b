'use client';

import { useEffect, useRef } from 'react';
import { useText } from '../../_language/text-provider';
import { Button } from '../../_ui/button';
import ui from '../../_ui/ui.module.css';
import css from './list-end.module.css';
import { scrollerOf } from './scroller-of';
import type { Pages } from './use-pages';

/** So far before its end comes into sight the rest of a list is read. */
const readAheadPx = 1200;

/** Stands at the end of a list of people, inside what scrolls, while there are more of them to read than these. */
export function ListEnd({
  list,
  count,
  as: Tag,
}: {
  list: Omit<Pages<unknown>, 'items'>;
  count: number;
  as: 'div' | 'li';
}) {
  const t = useText();
  const end = useRef<HTMLDivElement & HTMLLIElement>(null);
  const loadMore = useRef(list.loadMore);
  loadMore.current = list.loadMore;
  const isReady = list.status === 'ready';
  // biome-ignore lint/correctness/useExhaustiveDependencies: an end that is still in sight after a page reads the next one
  useEffect(() => {
    if (!end.current || !isReady) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) loadMore.current();
      },
      { root: scrollerOf(end.current), rootMargin: `0px 0px ${readAheadPx}px` },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isReady, count]);
  if (!list.hasMore) return null;
  return (
    <Tag className={css.end} ref={end}>
      {list.status === 'loading' && (
        <span className={ui.spinner} role="status" aria-label={t('people.loading')} />
      )}
      {list.status === 'failed' && (
        <Button size="sm" onClick={list.loadMore}>
          {t('people.didNotLoad')}
        </Button>
      )}
    </Tag>
  );
}
