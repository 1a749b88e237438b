import type { ReactNode, Ref } from 'react';
import type { ButtonProps, ControlState } from '../view-models';
import style from './button.module.css';
import { classNames } from './class-names';
import theme from './theme.module.css';

type Tone =
  | 'neutral'
  | 'primary'
  | 'accept'
  | 'danger'
  | 'soft'
  | 'softAccept'
  | 'ghost'
  | 'quiet'
  | 'inverted'
  | 'outlined'
  | 'waiting';

export type KitButtonProps = Partial<ButtonProps> & {
  tone?: Tone;
  size?: 'md' | 'sm' | 'lg' | 'icon' | 'iconLg' | 'pill';
  isBlock?: boolean;
  title?: string;
  icon?: ReactNode;
  children?: ReactNode;
  className?: string | undefined;
  ref?: Ref<HTMLButtonElement>;
};

/** The kit's button. While `aria-busy` its icon turns into the busy ring; without words its name is its tooltip. */
export function Button({
  tone = 'neutral',
  size = 'md',
  isBlock = false,
  icon,
  children,
  className,
  ...button
}: KitButtonProps) {
  return (
    <button
      type="button"
      title={children ? undefined : button['aria-label']}
      {...button}
      className={classNames(
        theme.kit,
        style.button,
        style[tone],
        size !== 'md' && style[size],
        isBlock && style.block,
        className,
      )}
    >
      {button['aria-busy'] ? <span className={theme.spinner} aria-hidden="true" /> : icon}
      {typeof children === 'string' ? <span>{children}</span> : children}
    </button>
  );
}

/** A microphone button's tone: on, muted (inverted) or missing (outlined). */
export const microphoneTone = ({ isOn, isMissing }: Pick<ControlState, 'isOn' | 'isMissing'>): Tone =>
  isMissing ? 'outlined' : isOn ? 'soft' : 'inverted';
