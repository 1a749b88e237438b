'use client';

import { CallBoundary } from '@parley/call-kit';
import { usePathname } from 'next/navigation';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { Later, laterPart } from '../../_ui/later';
import { useCommunity } from '../_store/hooks';

const profileWindow = laterPart(async () => (await import('./profile-window')).ProfileWindow);

type Shown = { userId: string; anchor: Element };
type Profiles = { show: (userId: string, anchor: Element) => void };

const ProfileContext = createContext<Profiles | null>(null);

/** Opens a person's profile beside what was clicked. */
export function useProfile(): Profiles {
  const profiles = useContext(ProfileContext);
  if (!profiles) throw new Error('Profiles open inside the community only');
  return profiles;
}

/** Holds the one profile that can be open. */
export function ProfileProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const user = useCommunity(({ users }) => users.get(shown?.userId ?? ''));
  const pathname = usePathname();
  const [openedOn, setOpenedOn] = useState(pathname);
  // A call or a message leads to another page, and what the profile stood beside is not on it.
  if (openedOn !== pathname) {
    setOpenedOn(pathname);
    setShown(null);
  }
  const profiles = useMemo<Profiles>(() => ({ show: (userId, anchor) => setShown({ userId, anchor }) }), []);
  const close = () => setShown(null);

  return (
    <ProfileContext value={profiles}>
      {children}
      <CallBoundary resetKey={user?.id ?? ''}>
        <Later
          part={profileWindow}
          props={{ user, anchor: shown?.anchor ?? null, close }}
          isDue={user !== undefined}
          giveUp={close}
        />
      </CallBoundary>
    </ProfileContext>
  );
}
