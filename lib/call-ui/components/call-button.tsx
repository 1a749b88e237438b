import type { CallButtonViewProps } from '../slots';
import { Button, type KitButtonProps } from './button';
import { PhoneIcon } from './icons';

const tones = {
  idle: 'primary',
  busy: 'waiting',
  ringing: 'soft',
  live: 'accept',
  in_call: 'softAccept',
} as const;
const sizes = { header: 'md', profile: 'md', list: 'pill', icon: 'iconLg' } as const satisfies Record<
  CallButtonViewProps['look'],
  KitButtonProps['size']
>;

/**
 * Call, Join call, Calling…, Bob is calling… or In call, wherever a call can begin.
 *
 * @example <CallButtonView buttonProps={buttonProps} label="Call" state="idle" look="header" />
 */
export function CallButtonView({ buttonProps, label, state, look }: CallButtonViewProps) {
  const isIcon = look === 'icon';
  return (
    <Button
      tone={tones[state]}
      size={sizes[look]}
      isBlock={look === 'profile'}
      icon={<PhoneIcon size={look === 'list' ? 14 : isIcon ? 22 : 18} />}
      {...(isIcon ? { 'aria-label': label, title: label } : {})}
      {...buttonProps}
      aria-busy={buttonProps['aria-busy'] ?? state === 'busy'}
    >
      {isIcon ? null : label}
    </Button>
  );
}
