import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Box } from '../../stage/boxes';

/** What is taken for the size before there is one to measure. */
const unmeasured: Box = { width: 960, height: 480 };

/** The size of an element, kept up to date. */
export function useBox<Surface extends HTMLElement>(): { ref: RefObject<Surface | null>; box: Box } {
  const ref = useRef<Surface>(null);
  const [box, setBox] = useState(unmeasured);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width === 0 || height === 0) return;
      setBox((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    if (!globalThis.ResizeObserver) return;
    // Before the frame is painted: none shows the new size with the layout of the old one.
    const observer = new ResizeObserver(() => flushSync(measure));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, box };
}
