'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Popover } from '@base-ui/react/popover';
import type { UserView } from '@parley/call-protocol';
import { useClosedKey } from '../../_ui/closed-key';
import dialogCss from '../../_ui/dialog.module.css';
import { useIsNarrow } from '../../_ui/narrow';
import css from './profile.module.css';
import { ProfileCard } from './profile-card';

type ProfileWindowProps = {
  /** Undefined: closed. */
  user: UserView | undefined;
  /** What was pressed, which the profile opens beside. */
  anchor: Element | null;
  close: () => void;
};

/** A person's profile: a popover when wide, a bottom sheet when narrow. */
export function ProfileWindow({ user, anchor, close }: ProfileWindowProps) {
  const isNarrow = useIsNarrow();
  const key = useClosedKey(user !== undefined);
  const props = { open: user !== undefined, onOpenChange: (next: boolean) => !next && close() };
  return isNarrow ? (
    <Dialog.Root key={key} {...props}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialogCss.scrim} />
        <Dialog.Popup className={`${css.profile} ${css.sheet}`}>
          {user && <ProfileCard user={user} close={close} Heading={Dialog.Title} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  ) : (
    <Popover.Root key={key} {...props}>
      <Popover.Portal>
        <Popover.Positioner
          className={css.positioner}
          anchor={anchor}
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
  );
}
