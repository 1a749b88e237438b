import type { CallToolbarProps } from '../slots';
import { useFirstWords } from '../words/words-context';
import style from './bare-controls.module.css';
import { Button, microphoneTone } from './button';
import { classNames } from './class-names';
import theme from './theme.module.css';

type BareControlsProps = Pick<CallToolbarProps, 'microphone' | 'leaveProps' | 'leaveLabel'> & {
  /** Another way onward, before the two. */
  children?: CallToolbarProps['deviceMenu'];
};

/** Microphone and the way out: what a call keeps when the rest of it is not loaded, or throws. */
export function BareControls({ microphone, leaveProps, leaveLabel, children }: BareControlsProps) {
  const words = useFirstWords().call;
  return (
    <div role="toolbar" aria-label={words.controls} className={classNames(theme.kit, style.controls)}>
      {children}
      <Button tone={microphoneTone(microphone)} aria-pressed={microphone.isOn} {...microphone.buttonProps}>
        {words.microphone}
      </Button>
      <Button tone="danger" {...leaveProps}>
        {leaveLabel}
      </Button>
    </div>
  );
}
