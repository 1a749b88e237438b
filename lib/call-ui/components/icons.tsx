import type { LucideIcon } from 'lucide-react';
import ChevronDown from 'lucide-react/icons/chevron-down';
import MessageCircle from 'lucide-react/icons/message-circle';
import VolumeX from 'lucide-react/icons/volume-x';
import type { ReactNode } from 'react';
import theme from './theme.module.css';

export type IconProps = { size?: number };
export type Icon = (props: IconProps) => ReactNode;

/**
 * An icon of lucide in the weight of this kit.
 *
 * @param isPointing it shows a way along the line, and looks the other way where lines run from right to left
 */
export const fromLucide =
  (Drawing: LucideIcon, isPointing = false): Icon =>
  ({ size = 20 }) => (
    <Drawing
      aria-hidden="true"
      className={isPointing ? theme.mirrored : undefined}
      size={size}
      strokeWidth={size <= 16 ? 2 : 1.75}
      style={{ flex: 'none' }}
    />
  );

/** Drawn by lucide. */
const handset =
  'M13.83 16.57a1 1 0 0 0 1.21-.3l.36-.47a2 2 0 0 1 1.6-.8h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.47.35a1 1 0 0 0-.29 1.23 14 14 0 0 0 6.39 6.39';

/** What a call's handset says: it ended or was declined, was missed, went out, or came in. */
export type HandsetMark = 'ended' | 'missed' | 'outgoing' | 'incoming';

/** How the handset is drawn. */
export type HandsetProps = {
  mark?: HandsetMark;
  /** Filled it is the sign for calling, with the mark `ended` the sign for ending. Default: false */
  isFilled?: boolean;
  /** In CSS pixels. Default: 20 */
  size?: number;
};

const marks: Record<HandsetMark, string> = {
  ended: 'M15.5 3.2l5.6 5.6M21.1 3.2l-5.6 5.6',
  missed: 'M12.8 3.4l4.2 4.2 4.8-4.8M12.8 7V3.4h3.6',
  outgoing: 'M15 9l6-6M16.6 3H21v4.4',
  incoming: 'M21 3l-6 6M15 4.6V9h4.4',
};

/**
 * The one handset of calls, for what an app says about calls elsewhere: its menu, its list of calls. Decorative.
 *
 * @example
 * <Handset mark="missed" size={16} />
 */
export function Handset({ mark, isFilled = false, size = 20 }: HandsetProps) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      <path
        d={handset}
        transform="translate(1.8 2.6) scale(.83)"
        strokeWidth={2}
        fill={isFilled ? 'currentColor' : 'none'}
      />
      {mark ? <path d={marks[mark]} strokeWidth={2} /> : null}
    </svg>
  );
}

const phone =
  (isFilled: boolean, mark?: HandsetMark): Icon =>
  ({ size }) => <Handset {...{ isFilled }} {...(mark ? { mark } : {})} {...(size ? { size } : {})} />;

export const PhoneIcon = phone(true);
/** End, decline: the phone with an X. */
export const PhoneXIcon = phone(true, 'ended');
export const PhoneOutlineIcon = phone(false);
export const PhoneDeclinedIcon = phone(false, 'ended');
export const PhoneMissedIcon = phone(false, 'missed');
export const PhoneOutgoingIcon = phone(false, 'outgoing');

export const DownIcon = fromLucide(ChevronDown);
export const MessageIcon = fromLucide(MessageCircle);
export const SoundOffIcon = fromLucide(VolumeX);
