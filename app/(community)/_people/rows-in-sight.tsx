import { type ReactNode, type Ref, useLayoutEffect, useRef, useState } from 'react';
import { scrollerOf } from './scroller-of';

/** So many rows beyond each edge are there as well: a fast scroll reaches no empty place before the next render. */
const beyond = 40;
/** The rows change in steps, so that most frames of a scroll render nothing. */
const step = 20;

/**
 * The rows of a long list that are in sight, and some beyond. All are equally high, and the space of the others stays
 * free, so that a scroll through thousands costs as much as one through sixty. Stands inside a list that scrolls or
 * that is in something that does.
 *
 * @param rowPx how high a row is at least; larger text makes it higher, which is measured
 * @param row returns an `<li>` with these attributes, which say where in the list it stands
 */
export function RowsInSight<Row>({
  rows,
  rowPx,
  row,
}: {
  rows: readonly Row[];
  rowPx: number;
  row: (row: Row, place: { 'aria-posinset': number; 'aria-setsize': number }) => ReactNode;
}) {
  const top = useRef<HTMLLIElement>(null);
  const [range, setRange] = useState({ first: 0, end: 2 * beyond, rowPx });
  useLayoutEffect(() => {
    const scroller = scrollerOf(top.current);
    if (!scroller) return;
    const look = () => {
      if (!top.current) return;
      const view = scroller.getBoundingClientRect();
      const above = view.top - top.current.getBoundingClientRect().top;
      const height = heightOfRows(top.current, rowPx);
      const from = Math.floor(above / height) - beyond;
      const to = Math.ceil((above + view.height) / height) + beyond;
      const first = Math.max(0, Math.floor(from / step) * step);
      const end = Math.max(2 * beyond, Math.ceil(to / step) * step);
      setRange((was) =>
        was.first === first && was.end === end && was.rowPx === height ? was : { first, end, rowPx: height },
      );
    };
    look();
    scroller.addEventListener('scroll', look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', look);
      sizes.disconnect();
    };
  }, [rowPx]);

  const end = Math.min(rows.length, range.end);
  const first = Math.min(range.first, end);
  return (
    <>
      <Space ref={top} px={first * range.rowPx} />
      {rows
        .slice(first, end)
        .map((one, at) => row(one, { 'aria-posinset': first + at + 1, 'aria-setsize': rows.length }))}
      <Space px={(rows.length - end) * range.rowPx} />
    </>
  );
}

function Space({ px, ref }: { px: number; ref?: Ref<HTMLLIElement> }) {
  return <li ref={ref} role="presentation" style={{ height: px }} />;
}

/** The height of the highest row: those out of sight may be laid out by their least height. */
function heightOfRows(top: Element, least: number): number {
  let highest = least;
  for (let row = top.nextElementSibling; row?.hasAttribute('aria-posinset'); row = row.nextElementSibling)
    highest = Math.max(highest, row.getBoundingClientRect().height);
  return highest;
}
