'use client';
import { useEffect, useRef } from 'react';
import { useWords } from '../words/use-words';
import { classNames } from './class-names';
import style from './level-meter.module.css';
import theme from './theme.module.css';

/** What the meter listens to. */
export type LevelMeterProps = {
  /** 0–1, many times a second; null shows silence. */
  subscribe: ((listener: (level: number) => void) => () => void) | null;
};

/**
 * How loud the microphone hears; written straight to the page, as it changes many times a second.
 *
 * @example
 * const { subscribeLevel } = useLevel();
 * return <LevelMeter subscribe={subscribeLevel} />;
 */
export function LevelMeter({ subscribe }: LevelMeterProps) {
  const { deviceMenu } = useWords();
  const meter = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const show = (level: number) => {
      const percent = Math.round(Math.min(1, Math.max(0, level)) * 100);
      meter.current?.style.setProperty('--k-level', `${percent}%`);
      meter.current?.setAttribute('aria-valuenow', String(percent));
    };
    const stop = subscribe?.(show);
    return () => {
      stop?.();
      show(0);
    };
  }, [subscribe]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be drawn as marks in every browser
    <div
      ref={meter}
      role="meter"
      aria-label={deviceMenu.level}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      className={classNames(theme.kit, style.meter)}
    />
  );
}
