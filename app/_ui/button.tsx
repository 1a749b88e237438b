import type { ButtonHTMLAttributes } from 'react';
import css from './ui.module.css';

type Tone = 'neutral' | 'primary' | 'danger' | 'ghost' | 'quiet';
type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  tone?: Tone;
  size?: 'md' | 'sm' | 'lg';
  isBlock?: boolean;
  /** Shows a spinner and takes no clicks; the words stay. */
  isBusy?: boolean;
};

/** A button with words, in the kit's vocabulary of tones and sizes; always has a type, so that it never submits by accident. */
export function Button({
  tone = 'neutral',
  size = 'md',
  isBlock = false,
  isBusy,
  className,
  children,
  ...rest
}: Props) {
  const classes = [
    css.btn,
    tone !== 'neutral' && css[tone],
    size !== 'md' && css[size],
    isBlock && css.block,
    className,
  ];
  return (
    <button
      type="button"
      {...rest}
      className={classes.filter(Boolean).join(' ')}
      disabled={isBusy || rest.disabled}
      {...(isBusy ? { 'aria-busy': true } : {})}
    >
      {isBusy && <span className={css.spinner} aria-hidden="true" />}
      {typeof children === 'string' ? <span>{children}</span> : children}
    </button>
  );
}

/** A button that shows an icon only; `label` is what a screen reader says. */
export function IconButton({
  label,
  className,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { label: string }) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={[css.icon, className].filter(Boolean).join(' ')}
    />
  );
}

/** What went wrong, said at once to a screen reader. */
export function Problem({ children }: { children: string | null }) {
  if (!children) return null;
  return (
    <p className={css.problem} role="alert">
      {children}
    </p>
  );
}
