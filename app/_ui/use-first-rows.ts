'use client';

import { useDeferredValue } from 'react';

/** More rows than the highest screen shows. */
const firstRows = 60;

/**
 * Returns the first rows of a long list while it opens, and then all of them in a render that input may interrupt: a
 * list of thousands opens as fast as one of sixty, and the browser's own search finds every row.
 */
export function useFirstRows<Row>(rows: readonly Row[]): readonly Row[] {
  const count = useDeferredValue(Number.POSITIVE_INFINITY, firstRows);
  return count < rows.length ? rows.slice(0, count) : rows;
}
