import type { ButtonProps, ControlState } from '../view-models';
import { useFirstWords } from '../words/words-context';
import { BareControls } from './bare-controls';
import { Button } from './button';
import style from './call-fallback.module.css';
import { classNames } from './class-names';
import theme from './theme.module.css';

/** The controls that a call keeps whatever happens to the rest of it. */
export type CallFallbackProps = {
  microphone: ControlState;
  leaveProps: ButtonProps;
  leaveLabel: string;
  /** Shows the call as it was. */
  retry: () => void;
};

/**
 * Stands in for the part of a call that could not be shown.
 *
 * @example
 * <CallBoundary fallback={(retry) => <CallFallback {...{ microphone, leaveProps, leaveLabel, retry }} />}>
 *   <MyCall />
 * </CallBoundary>
 */
export function CallFallback({ microphone, leaveProps, leaveLabel, retry }: CallFallbackProps) {
  const words = useFirstWords().call;
  return (
    <section aria-label={words.region} className={classNames(theme.kit, style.fallback)}>
      <p className={style.words}>{words.notShown}</p>
      <BareControls {...{ microphone, leaveProps, leaveLabel }}>
        <Button onClick={retry}>{words.showAgain}</Button>
      </BareControls>
    </section>
  );
}
