import type { ReactNode } from 'react';

/** Parley's own icons, drawn on the same 24 px grid and line as lucide's, for what has our corner. */
type IconProps = { size?: number; className?: string | undefined };

function Icon({ size = 20, className, children }: IconProps & { children: ReactNode }) {
  return (
    <svg
      className={className}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const BubbleIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 11.2a7.7 7.7 0 0 1 7.7-7.7h.8a7.5 7.5 0 0 1 0 15H6.3A2.3 2.3 0 0 1 4 16.2z" />
  </Icon>
);
export const SettingsIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M10.6 3.4a2.8 2.8 0 0 1 2.8 0l5.1 2.95a2.8 2.8 0 0 1 1.4 2.42v5.9a2.8 2.8 0 0 1-1.4 2.42l-5.1 2.95a2.8 2.8 0 0 1-2.8 0l-5.1-2.95a2.8 2.8 0 0 1-1.4-2.42v-5.9A2.8 2.8 0 0 1 5.5 6.35z" />
    <circle cx="12" cy="11.72" r="2.9" />
  </Icon>
);
export const HashIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M9.6 4L7.9 20M16.1 4l-1.7 16M4.6 9h15.6M3.8 15h15.6" />
  </Icon>
);
export const PeopleIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="9" cy="8.2" r="3.4" />
    <path d="M2.8 19.5c.4-3.6 2.9-5.6 6.2-5.6s5.8 2 6.2 5.6M15.6 5.2a3.2 3.2 0 0 1 .5 6M18 14.6c1.9.8 3 2.5 3.2 4.9" />
  </Icon>
);
export const MoreIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M6 12v.01M12 12v.01M18 12v.01" strokeWidth="2.6" />
  </Icon>
);
export const SendIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4.4 5.3c-.4-1.2.7-2.2 1.8-1.7l13.6 6.9c1.1.6 1.1 2.2 0 2.8L6.2 20.4c-1.1.5-2.2-.5-1.8-1.7L6.5 12zM6.5 12h6" />
  </Icon>
);
