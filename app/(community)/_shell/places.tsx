'use client';

import { Handset } from '@parley/call-kit';
import { usePathname } from 'next/navigation';
import { useText } from '../../_language/text-provider';
import { BubbleIcon, SettingsIcon } from '../../_ui/icons';
import { Mark } from '../../_ui/mark';
import { PageLink } from '../../_ui/page-link';
import ui from '../../_ui/ui.module.css';
import { useCommunity } from '../_store/hooks';
import css from './shell.module.css';

const places = [
  { href: '/messages', name: 'shell.messages', Icon: BubbleIcon },
  { href: '/calls', name: 'shell.calls', Icon: Handset },
  { href: '/settings', name: 'ui.settings', Icon: SettingsIcon },
] as const;

function Place({ place, size }: { place: (typeof places)[number]; size: number }) {
  const t = useText();
  const isCurrent = usePathname().startsWith(place.href);
  const missed = useCommunity((state) => state.me.missedCallCount);
  const name = t(place.name);
  const badge = place.href === '/calls' ? missed : 0;
  return (
    <PageLink
      className={css.place}
      href={place.href}
      aria-label={badge > 0 ? t('shell.manyMissed', { place: name, count: badge }) : name}
      title={name}
      {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
    >
      <place.Icon size={size} />
      <span className={css.word}>{name}</span>
      {badge > 0 && <span className={`${ui.count} ${css.badge}`}>{badge > 99 ? '99+' : badge}</span>}
    </PageLink>
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
