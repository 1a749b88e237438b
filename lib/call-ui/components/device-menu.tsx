'use client';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { DeviceSelect } from '../shown';
import type { DeviceMenuProps } from '../slots';
import { classNames } from './class-names';
import style from './device-menu.module.css';
import { DownIcon } from './icons';
import theme from './theme.module.css';

function Choice({ device, children }: { device: DeviceSelect; children?: ReactNode }) {
  const id = useId();
  if (!device.isSupported) return null;
  return (
    <div className={style.field}>
      <span className={style.head}>
        <label htmlFor={id}>{device.label}</label>
        {children}
      </span>
      <span className={style.frame}>
        <select
          id={id}
          className={style.select}
          value={device.selectedId}
          disabled={device.choices.length === 0}
          onChange={(event) => device.select(event.target.value)}
        >
          {device.choices.length === 0 ? <option value="">None found</option> : null}
          {device.choices.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choice.label}
            </option>
          ))}
        </select>
        <DownIcon size={18} />
      </span>
    </div>
  );
}

/** How loud the microphone hears; written straight to the page, as it changes many times a second. */
function LevelMeter({ subscribe }: { subscribe: DeviceMenuProps['subscribeLevel'] }) {
  const meter = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      subscribe((level) => {
        const percent = Math.round(Math.min(1, Math.max(0, level)) * 100);
        meter.current?.style.setProperty('--k-level', `${percent}%`);
        meter.current?.setAttribute('aria-valuenow', String(percent));
      }),
    [subscribe],
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be drawn as marks in every browser
    <div
      ref={meter}
      role="meter"
      aria-label="Microphone level"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      className={style.meter}
    />
  );
}

/**
 * Chooses microphone, speaker and camera, with a live level and a test tone.
 *
 * @example
 * <DeviceMenu {...{ microphone, speaker, camera }} {...useLevel()} {...useSpeakerTest()} />
 */
export function DeviceMenu(props: DeviceMenuProps) {
  const { microphone, speaker, camera, subscribeLevel, testSpeaker, isTestingSpeaker } = props;
  return (
    <div className={classNames(theme.kit, style.menu)}>
      <div>
        <Choice device={microphone} />
        <LevelMeter subscribe={subscribeLevel} />
      </div>
      <Choice device={speaker}>
        <button type="button" className={style.link} aria-busy={isTestingSpeaker} onClick={testSpeaker}>
          {isTestingSpeaker ? 'Playing…' : 'Play a test'}
        </button>
      </Choice>
      {speaker.isSupported ? null : (
        <div className={style.field}>
          <span className={style.head}>
            {speaker.label}
            <button type="button" className={style.link} aria-busy={isTestingSpeaker} onClick={testSpeaker}>
              {isTestingSpeaker ? 'Playing…' : 'Play a test'}
            </button>
          </span>
          <span className={style.hint}>This browser uses the speaker your system has chosen.</span>
        </div>
      )}
      <Choice device={camera} />
    </div>
  );
}
