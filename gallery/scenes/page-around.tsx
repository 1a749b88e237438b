import type { ReactNode } from 'react';
import css from './scene-frame.module.css';

const words = ['The ferry leaves at nine.', 'I can bring the stove.', 'Two locks, and the small pump.'];

type PageAroundProps = { title: string; children: ReactNode; aside?: ReactNode; lines?: ReactNode };

/** The page around a call: the conversation's header, its messages and its composer, drawn and nothing more. */
export function PageAround({ title, children, aside, lines }: PageAroundProps) {
  return (
    <div className={css.page}>
      <div className={css.rail} />
      <div className={css.sidebar}>{aside}</div>
      <main className={css.main}>
        <header data-of-the-app className={css.header}>
          {title}
        </header>
        {children}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by keyboard */}
        <div role="log" aria-label="Messages" className={css.messages} tabIndex={0}>
          {lines ?? (
            <div data-of-the-app>
              {words.map((text) => (
                <p key={text}>{text}</p>
              ))}
            </div>
          )}
        </div>
        <div data-of-the-app className={css.composer}>
          Message {title}
        </div>
      </main>
    </div>
  );
}
