import { useEffect, useRef, useState } from 'react';
import { useText } from '../../_language/text-provider';
import css from './settings.module.css';

type KeyButtonProps = {
  /** What the key is for. */
  name: string;
  /** The keys as they are set: "Ctrl Shift S". */
  keys: string;
  prompt: string;
  /** A lone Ctrl, Shift, Alt or ⌘ can be the key, too. */
  takesModifiers?: boolean;
  /** Sets the key; null, or why it can't be. */
  setCode: (code: string) => string | null;
  /** Switches the call kit's keys off until the function it returns is called. */
  hold: () => () => void;
  onProblem: (problem: string | null) => void;
};

/** Shows the keys of one action; pressed, it records others. */
export function KeyButton(props: KeyButtonProps) {
  const t = useText();
  const { name, keys, prompt, takesModifiers = false, setCode, hold, onProblem } = props;
  const [isListening, setListening] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const latest = useRef({ setCode, hold, onProblem });
  useEffect(() => {
    latest.current = { setCode, hold, onProblem };
  });

  useEffect(() => {
    if (!isListening) return;
    // The call kit handles keys before this page does, so its keys are off while a new one is recorded.
    const release = latest.current.hold();
    // Losing focus cancels recording: keys typed elsewhere are not meant for it.
    const onElsewhere = ({ target }: Event) => {
      if (!(target instanceof Node && button.current?.contains(target))) setListening(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Tab') return setListening(false);
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'Escape') return setListening(false);
      if (!takesModifiers && /^(Control|Shift|Meta|Alt)/.test(event.code)) return;
      const problem = latest.current.setCode(event.code);
      latest.current.onProblem(problem);
      if (problem === null) setListening(false);
    };
    addEventListener('keydown', onKey, { capture: true });
    addEventListener('pointerdown', onElsewhere, { capture: true });
    addEventListener('focusin', onElsewhere, { capture: true });
    return () => {
      release();
      latest.current.onProblem(null);
      removeEventListener('keydown', onKey, { capture: true });
      removeEventListener('pointerdown', onElsewhere, { capture: true });
      removeEventListener('focusin', onElsewhere, { capture: true });
    };
  }, [isListening, takesModifiers]);

  return (
    <button
      ref={button}
      type="button"
      className={css.key}
      aria-label={t('settings.changeKeys', { name, keys })}
      title={t('settings.change')}
      onClick={() => setListening(!isListening)}
    >
      {isListening ? (
        <span className={css.listening}>{prompt}</span>
      ) : (
        keys.split(/[\s+]+/).map((key) => <kbd key={key}>{key}</kbd>)
      )}
    </button>
  );
}
