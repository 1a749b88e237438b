'use client';

import { useEffect, useRef } from 'react';
import css from './settings.module.css';

const bars = Array.from({ length: 24 }, (_, index) => index);

/** Shows 0–1 as lit bars, straight on the elements: many times a second is too often for React. */
export function LevelMeter({
  subscribe,
  isOn,
  labelledBy,
}: {
  subscribe: (listener: (level: number) => void) => () => void;
  isOn: boolean;
  labelledBy: string;
}) {
  const meter = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const show = (level: number) => {
      const lit = Math.round(level * bars.length);
      meter.current?.setAttribute('aria-valuenow', String(Math.round(level * 100)));
      for (const [index, bar] of [...(meter.current?.children ?? [])].entries()) {
        bar.toggleAttribute('data-on', index < lit);
      }
    };
    if (!isOn) return;
    const stop = subscribe(show);
    return () => {
      stop();
      show(0);
    };
  }, [subscribe, isOn]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> can't be drawn as separate bars
    <div
      ref={meter}
      className={css.meter}
      role="meter"
      aria-labelledby={labelledBy}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    >
      {bars.map((bar) => (
        <i key={bar} />
      ))}
    </div>
  );
}
