'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { BubbleIcon, PhoneIcon, SettingsIcon } from '../../_ui/icons';
import { Mark } from '../../_ui/mark';
import ui from '../../_ui/ui.module.css';
import { useCommunity } from '../_store/hooks';
import css from './shell.module.css';

const places = [
  { href: '/messages', name: 'Messages', Icon: BubbleIcon },
  { href: '/calls', name: 'Calls', Icon: PhoneIcon },
  { href: '/settings', name: 'Settings', Icon: SettingsIcon },
] as const;

function Place({ place, size }: { place: (typeof places)[number]; size: number }) {
  const isCurrent = usePathname().startsWith(place.href);
  const missed = useCommunity((state) => state.me.missedCallCount);
  const badge = place.href === '/calls' ? missed : 0;
  return (
    <Link
      className={css.place}
      href={place.href}
      aria-label={badge > 0 ? `${place.name}, ${badge} missed` : place.name}
      title={place.name}
      {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
    >
      <place.Icon size={size} />
      <span className={css.word}>{place.name}</span>
      {badge > 0 && <span className={`${ui.count} ${css.badge}`}>{badge > 99 ? '99+' : badge}</span>}
    </Link>
  );
}

/** The narrow column at the left edge of a wide window. */
export function Rail() {
  const [messages, calls, settings] = places;
  return (
    <nav className={css.rail} aria-label="Parley">
      <span className={css.mark}>
        <Mark />
      </span>
      <Place place={messages} size={22} />
      <Place place={calls} size={22} />
      <span className={css.grow} />
      <Place place={settings} size={22} />
    </nav>
  );
}

/** The same places at the foot of a narrow window. */
export function TabBar() {
  return (
    <nav className={css.tabs} aria-label="Parley">
      {places.map((place) => (
        <Place key={place.href} place={place} size={24} />
      ))}
    </nav>
  );
}
