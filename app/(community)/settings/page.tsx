'use client';

import { Ban, Keyboard, KeyRound, Lock, Mic, Music2, SunMoon, User } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../_language/text-provider';
import { useIsHydrated } from '../../_ui/narrow';
import pageCss from '../_shell/page.module.css';
import { PageHeader } from '../_shell/page-header';
import { AccountSection } from './account-section';
import { BlockedSection } from './blocked-section';
import { DevicesSection } from './devices-section';
import { LookSection } from './look-section';
import { PrivacySection } from './privacy-section';
import { ProfileSection } from './profile-section';
import { RingingSection } from './ringing-section';
import css from './settings.module.css';
import { ShortcutsSection } from './shortcuts-section';

const places = [
  { id: 'profile', name: 'settings.profile', Icon: User },
  { id: 'privacy', name: 'settings.privacy', Icon: Lock },
  { id: 'ringing', name: 'settings.ringing', Icon: Music2 },
  { id: 'devices', name: 'settings.devices', Icon: Mic },
  { id: 'blocked', name: 'settings.blockedPeople', Icon: Ban },
  { id: 'shortcuts', name: 'settings.shortcuts', Icon: Keyboard },
  { id: 'look', name: 'settings.appearance', Icon: SunMoon },
  { id: 'account', name: 'settings.account', Icon: KeyRound },
] as const;

export default function SettingsPage() {
  const t = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const [here, setHere] = useState<string>('profile');
  const isHydrated = useIsHydrated();

  useEffect(() => {
    const box = scroller.current;
    if (!box || !isHydrated) return;
    const look = () => {
      const edge = box.getBoundingClientRect().top + 96;
      const sections = places.map(({ id }) => document.getElementById(id)).filter((one) => one !== null);
      const isAtEnd = box.scrollTop > 0 && box.scrollHeight - box.scrollTop - box.clientHeight < 2;
      const current = isAtEnd
        ? sections.at(-1)
        : sections.findLast((one) => one.getBoundingClientRect().top <= edge);
      setHere(current?.id ?? 'profile');
    };
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    look();
    box.addEventListener('scroll', look, { passive: true });
    return () => box.removeEventListener('scroll', look);
  }, [isHydrated]);

  return (
    <main className={pageCss.main}>
      <PageHeader title={t('ui.settings')} />
      <div className={pageCss.page} ref={scroller}>
        <div className={css.set}>
          <nav className={css.places} aria-label={t('ui.settings')}>
            {places.map(({ id, name, Icon }) => (
              <a key={id} href={`#${id}`} {...(here === id ? { 'aria-current': true } : {})}>
                <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
                {t(name)}
              </a>
            ))}
          </nav>
          <div>
            <ProfileSection />
            <PrivacySection />
            {/* These depend on this device, so the server does not render them, nor what would move when they appear. */}
            {isHydrated && (
              <>
                <RingingSection />
                <DevicesSection />
                <BlockedSection />
                <ShortcutsSection />
                <LookSection />
                <AccountSection />
              </>
            )}
          </div>
        </div>
      </div>
    </main>
  );
}
