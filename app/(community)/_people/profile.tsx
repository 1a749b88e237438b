'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Popover } from '@base-ui/react/popover';
import { CallBoundary } from '@parley/call-kit';
import { usePathname } from 'next/navigation';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useClosedKey } from '../../_ui/closed-key';
import dialogCss from '../../_ui/dialog.module.css';
import { useIsNarrow } from '../../_ui/narrow';
import { useCommunity } from '../_store/hooks';
import css from './profile.module.css';
import { ProfileCard } from './profile-card';

type Shown = { userId: string; anchor: Element };
type Profiles = { show: (userId: string, anchor: Element) => void };

const ProfileContext = createContext<Profiles | null>(null);

/** Opens a person's profile beside what was clicked. */
export function useProfile(): Profiles {
  const profiles = useContext(ProfileContext);
  if (!profiles) throw new Error('Profiles open inside the community only');
  return profiles;
}

/** Holds the one profile that can be open: a popover when wide, a bottom sheet when narrow. */
export function ProfileProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const isNarrow = useIsNarrow();
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
  const key = useClosedKey(user !== undefined);

  return (
    <ProfileContext value={profiles}>
      {children}
      <CallBoundary resetKey={user?.id ?? ''}>
        {isNarrow ? (
          <Dialog.Root key={key} open={user !== undefined} onOpenChange={(next) => !next && close()}>
            <Dialog.Portal>
              <Dialog.Backdrop className={dialogCss.scrim} />
              <Dialog.Popup className={`${css.profile} ${css.sheet}`}>
                {user && <ProfileCard user={user} close={close} Heading={Dialog.Title} />}
              </Dialog.Popup>
            </Dialog.Portal>
          </Dialog.Root>
        ) : (
          <Popover.Root key={key} open={user !== undefined} onOpenChange={(next) => !next && close()}>
            <Popover.Portal>
              <Popover.Positioner
                className={css.positioner}
                anchor={shown?.anchor ?? null}
                side="inline-end"
                align="start"
                sideOffset={8}
                collisionPadding={16}
              >
                <Popover.Popup className={`${css.profile} ${css.popover}`}>
                  {user && <ProfileCard user={user} close={close} Heading={Popover.Title} />}
                </Popover.Popup>
              </Popover.Positioner>
            </Popover.Portal>
          </Popover.Root>
        )}
      </CallBoundary>
    </ProfileContext>
  );
}
