import { type RefObject, useEffect, useState } from 'react';

const none: ReadonlyMap<string, number> = new Map();

/** Width over height of the videos inside an element, by the `data-key` of the list item that each stands in. */
export function useAspects(area: RefObject<HTMLElement | null>): ReadonlyMap<string, number> {
  const [aspects, setAspects] = useState(none);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const onResize = ({ target }: Event) => {
      if (!(target instanceof HTMLVideoElement) || target.videoHeight === 0) return;
      const key = target.closest('li')?.dataset.key;
      const aspect = target.videoWidth / target.videoHeight;
      if (key !== undefined)
        setAspects((before) => (before.get(key) === aspect ? before : new Map(before).set(key, aspect)));
    };
    // It does not bubble, and the tile around the video may be the app's own.
    element.addEventListener('resize', onResize, true);
    return () => element.removeEventListener('resize', onResize, true);
  }, [area]);
  return aspects;
}
