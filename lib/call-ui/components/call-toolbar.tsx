'use client';
import { Popover } from '@base-ui/react/popover';
import { type ReactNode, type RefObject, useCallback, useId, useRef, useState } from 'react';
import type { CallToolbarProps } from '../slots';
import type { ControlState } from '../view-models';
import { useWords } from '../words/use-words';
import {
  CameraIcon,
  CameraOffIcon,
  DevicesIcon,
  FlipCameraIcon,
  HandIcon,
  MicrophoneIcon,
  MoreIcon,
  ScreenIcon,
  ScreenStopIcon,
  WarningIcon,
} from './call-icons';
import style from './call-toolbar.module.css';
import { classNames } from './class-names';
import { CloseMenuContext } from './close-menu-context';
import { PhoneXIcon } from './icons';
import popover from './popover.module.css';
import theme from './theme.module.css';

type ToggleProps = {
  control: ControlState;
  /** The same in every language: tests and style sheets find the button by it. */
  id: 'Microphone' | 'Camera' | 'Share screen';
  name: string;
  /** The word on the button; the accessible name stays whole and contains it. */
  word: string;
  icon: ReactNode;
};

function Toggle({ control, id, name, word, icon }: ToggleProps) {
  const { call } = useWords();
  const errorId = useId();
  const problem = control.error ?? (control.isMissing ? call.noMicrophone : null);
  if (!control.isSupported) return null;
  return (
    <button
      aria-label={name}
      aria-pressed={control.isOn}
      aria-busy={control.isBusy}
      aria-describedby={problem ? errorId : undefined}
      title={problem ?? name}
      data-control={id}
      data-missing={control.isMissing || undefined}
      {...control.buttonProps}
      className={style.control}
    >
      {control.isBusy ? <span className={theme.spinner} aria-hidden="true" /> : icon}
      <span className={style.word}>{word}</span>
      {problem ? (
        <span className={style.warning}>
          {control.isMissing ? null : <WarningIcon size={14} />}
          <span id={errorId} className={theme.hidden}>
            {problem}
          </span>
        </span>
      ) : null}
    </button>
  );
}

type MenuProps = {
  name: string;
  icon: ReactNode;
  /** What assistive technology reads besides the name; the button is highlighted while it is set. */
  state?: string | null;
  frame: RefObject<HTMLElement | null>;
  children: ReactNode;
};

/** A button of the toolbar that opens a menu. */
function Menu({ name, icon, state = null, frame, children }: MenuProps) {
  const { toolbar } = useWords();
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-label={state ? toolbar.withState({ name, state }) : name}
        title={name}
        className={classNames(style.control, state !== null && style.active)}
      >
        {icon}
        <span className={style.word}>{name}</span>
      </Popover.Trigger>
      {/* Inside the call, so that it takes the call's theme. */}
      <Popover.Portal container={frame}>
        <Popover.Positioner className={popover.positioner} sideOffset={8} collisionPadding={12}>
          <Popover.Popup aria-label={name} className={classNames(theme.kit, popover.popup, style.menu)}>
            <CloseMenuContext.Provider value={close}>{children}</CloseMenuContext.Provider>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Microphone, camera, screen, devices and the way out. */
export function CallToolbar(props: CallToolbarProps) {
  const { microphone, camera, screen, flipCamera, deviceMenu, leaveProps, leaveLabel, isNarrow } = props;
  const { gestures = null, isHandRaised = false, above = null, extras = null } = props;
  const { call: words, toolbar } = useWords();
  const raised = isHandRaised ? toolbar.handIsRaised : null;
  const frame = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={frame}
      data-call-controls
      className={classNames(theme.kit, style.frame, isNarrow && style.narrow)}
    >
      <div role="toolbar" aria-label={words.controls} className={style.toolbar}>
        <Toggle
          control={microphone}
          id="Microphone"
          name={words.microphone}
          word={words.microphone}
          icon={<MicrophoneIcon {...microphone} size={22} />}
        />
        <Toggle
          control={camera}
          id="Camera"
          name={words.camera}
          word={words.camera}
          icon={camera.isOn ? <CameraIcon size={22} /> : <CameraOffIcon size={22} />}
        />
        {flipCamera && camera.isOn ? (
          <button
            type="button"
            aria-label={toolbar.flipCamera}
            title={toolbar.flipCamera}
            data-control="Flip camera"
            className={style.control}
            onClick={flipCamera}
          >
            <FlipCameraIcon size={22} />
            <span className={style.word}>{toolbar.flip}</span>
          </button>
        ) : null}
        <Toggle
          control={screen}
          id="Share screen"
          name={words.screen}
          word={isNarrow ? toolbar.share : words.screen}
          icon={screen.isOn ? <ScreenStopIcon size={22} /> : <ScreenIcon size={22} />}
        />
        {gestures && isNarrow ? (
          <Menu name={toolbar.more} icon={<MoreIcon size={22} />} state={raised} frame={frame}>
            {gestures}
            {deviceMenu}
          </Menu>
        ) : (
          <>
            {gestures ? (
              <Menu name={toolbar.react} icon={<HandIcon size={22} />} state={raised} frame={frame}>
                {gestures}
              </Menu>
            ) : null}
            {deviceMenu ? (
              <Menu name={toolbar.devices} icon={<DevicesIcon size={22} />} frame={frame}>
                {deviceMenu}
              </Menu>
            ) : null}
          </>
        )}
        {extras}
        <button
          aria-label={leaveLabel}
          title={leaveLabel}
          {...leaveProps}
          className={classNames(style.control, style.leave)}
        >
          {leaveProps['aria-busy'] ? (
            <span className={theme.spinner} aria-hidden="true" />
          ) : (
            <PhoneXIcon size={22} />
          )}
          <span className={style.word}>{leaveLabel}</span>
        </button>
      </div>
      {above ? <div className={style.above}>{above}</div> : null}
    </div>
  );
}
