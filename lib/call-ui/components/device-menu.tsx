'use client';
import { type ReactNode, useContext, useId } from 'react';
import type { DeviceMenuProps } from '../slots';
import type { BackgroundBlurState, DeviceSelect } from '../view-models';
import { useWords } from '../words/use-words';
import { classNames } from './class-names';
import { CloseMenuContext } from './close-menu-context';
import style from './device-menu.module.css';
import { DownIcon } from './icons';
import { LevelMeter } from './level-meter';
import theme from './theme.module.css';
import { VideoView } from './video-view';

function Choice({ device, children }: { device: DeviceSelect; children?: ReactNode }) {
  const { deviceMenu } = useWords();
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
          {device.choices.length === 0 ? <option value="">{deviceMenu.noneFound}</option> : null}
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

function BlurSwitch({ isOffered, isOn, setOn }: BackgroundBlurState) {
  const { deviceMenu } = useWords();
  if (!isOffered) return null;
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      className={style.blur}
      onClick={() => setOn(!isOn)}
    >
      {deviceMenu.blur}
      <span className={style.switch} aria-hidden="true" />
    </button>
  );
}

/** What a press has opened must not stay below the edge of a small screen. */
const intoView = (element: HTMLElement | null) => element?.scrollIntoView?.({ block: 'nearest' });

function Problem({ children }: { children: string | null | undefined }) {
  if (!children) return null;
  return (
    <p role="alert" className={style.problem}>
      {children}
    </p>
  );
}

/** Chooses microphone, speaker and camera, with a live level, a test tone and, before a call, the own picture. */
export function DeviceMenu(props: DeviceMenuProps) {
  const {
    microphone,
    speaker,
    camera,
    testSpeaker,
    isTestingSpeaker,
    cameraPreview,
    openSoundCheck = null,
  } = props;
  const closeMenu = useContext(CloseMenuContext);
  const words = useWords().deviceMenu;
  const test = (
    <button type="button" className={style.link} aria-busy={isTestingSpeaker} onClick={testSpeaker}>
      {isTestingSpeaker ? words.testing : words.test}
    </button>
  );
  return (
    <div className={classNames(theme.kit, style.menu)}>
      <div>
        <Choice device={microphone} />
        <div className={style.level}>
          <LevelMeter subscribe={props.subscribeLevel} />
        </div>
        <Problem>{props.microphoneProblem}</Problem>
      </div>
      <Choice device={speaker}>{test}</Choice>
      {speaker.isSupported ? null : (
        <div className={style.field}>
          <span className={style.head}>
            {speaker.label}
            {test}
          </span>
          <span className={style.hint}>{words.systemSpeaker}</span>
        </div>
      )}
      <div>
        <Choice device={camera}>
          {cameraPreview ? (
            <button type="button" className={style.link} onClick={cameraPreview.toggle}>
              {cameraPreview.isOn ? words.hidePreview : words.showPreview}
            </button>
          ) : null}
        </Choice>
        {cameraPreview?.source ? (
          <div ref={intoView}>
            <VideoView source={cameraPreview.source} className={style.preview} label={words.preview} />
          </div>
        ) : null}
        <Problem>{cameraPreview?.problem}</Problem>
        <BlurSwitch {...props.backgroundBlur} />
      </div>
      {openSoundCheck ? (
        <button
          type="button"
          className={style.link}
          onClick={() => {
            closeMenu();
            openSoundCheck();
          }}
        >
          {words.unheard}
        </button>
      ) : null}
    </div>
  );
}
