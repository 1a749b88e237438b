import type { ButtonHTMLAttributes } from 'react';
import css from './ui.module.css';

type Look = 'neutral' | 'primary' | 'danger' | 'ghost' | 'quiet';
type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: Look;
  size?: 'small' | 'normal' | 'large';
  isWide?: boolean;
  /** Shows a spinner and takes no clicks; the words stay. */
  isBusy?: boolean;
};

/** A button with words; always has a type, so that it never submits by accident. */
export function Button({
  look = 'neutral',
  size = 'normal',
  isWide,
  isBusy,
  className,
  children,
  ...rest
}: Props) {
  const classes = [
    css.btn,
    look !== 'neutral' && css[look],
    size !== 'normal' && css[size],
    isWide && css.wide,
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
