'use client';
import { Popover } from '@base-ui/react/popover';
import type { SoundCheckState } from '../hooks/use-sound-check';
import { useWords } from '../words/use-words';
import { Button } from './button';
import { CloseIcon } from './call-icons';
import { classNames } from './class-names';
import { LevelMeter } from './level-meter';
import popover from './popover.module.css';
import style from './sound-check-panel.module.css';
import theme from './theme.module.css';

/** What `useSoundCheck` found, and the element inside the call's controls that holds the panel. */
export type SoundCheckPanelProps = SoundCheckState & {
  subscribeLevel: (listener: (level: number) => void) => () => void;
  container: HTMLElement;
};

const questions = ['they', 'me'] as const;

/**
 * Says why one participant does not hear another, with the one button that helps.
 *
 * @example
 * const check = useSoundCheck();
 * return check && <SoundCheckPanel {...check} {...useLevel()} container={element} />;
 */
export function SoundCheckPanel(props: SoundCheckPanelProps) {
  const { question, ask, close, cause, help, findings, subscribeLevel, container } = props;
  const words = useWords().soundCheck;
  return (
    <Popover.Root
      open
      onOpenChange={(_isOpen, { reason }) => {
        // It stays open while its findings are tried out on the controls.
        if (reason === 'escape-key' || reason === 'close-press') close();
      }}
    >
      <Popover.Portal container={container}>
        <Popover.Positioner
          anchor={() => container.closest('[data-call-controls]')}
          className={classNames(popover.positioner, style.positioner)}
          sideOffset={8}
          collisionPadding={12}
        >
          <Popover.Popup
            aria-label={words.title}
            className={classNames(theme.kit, popover.popup, style.panel)}
          >
            <div className={style.head}>
              <div role="radiogroup" aria-label={words.question} className={style.questions}>
                {questions.map((id) => (
                  // biome-ignore lint/a11y/useSemanticElements: a radio cannot carry the words and their focus ring
                  <button
                    key={id}
                    type="button"
                    role="radio"
                    aria-checked={question === id}
                    className={style.question}
                    onClick={() => ask(id)}
                  >
                    {words[id]}
                  </button>
                ))}
              </div>
              <Popover.Close
                render={<Button tone="quiet" size="icon" aria-label={words.close} icon={<CloseIcon />} />}
              />
            </div>
            {question === 'they' ? <LevelMeter subscribe={subscribeLevel} /> : null}
            <p role="status" className={style.cause}>
              {cause.text}
            </p>
            {help && cause.remedy ? (
              <Button tone="primary" onClick={help}>
                {words.remedy[cause.remedy]}
              </Button>
            ) : null}
            {findings.length > 0 ? (
              <dl className={style.findings}>
                {findings.map(({ name, text }, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two people may share a name
                  <div key={index} className={style.finding}>
                    <dt>
                      <bdi className={theme.clip}>{name}</bdi>
                    </dt>
                    <dd>{text}</dd>
                  </div>
                ))}
              </dl>
            ) : null}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
