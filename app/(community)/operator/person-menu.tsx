'use client';

import { Menu } from '@base-ui/react/menu';
import type { OperatorPerson } from '@parley/call-protocol';
import { Ban, KeyRound, LogIn, UserX } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../_language/text-provider';
import { IconButton } from '../../_ui/button';
import { MoreIcon } from '../../_ui/icons';
import menuCss from '../../_ui/menu.module.css';
import ui from '../../_ui/ui.module.css';

/** Actions that ask for confirmation. */
export type Question = { what: 'suspend' | 'remove' | 'reset'; person: OperatorPerson };

const icon = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** The menu of actions on one person. */
export function PersonMenu({
  person,
  ask,
  lift,
}: {
  person: OperatorPerson;
  ask: (what: Question['what']) => void;
  lift: () => Promise<void>;
}) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const [isLifting, setLifting] = useState(false);
  const liftNow = async () => {
    setLifting(true);
    await lift();
    setLifting(false);
    setOpen(false);
  };
  return (
    <Menu.Root open={isOpen} onOpenChange={setOpen}>
      <Menu.Trigger render={<IconButton label={t('operator.actionsFor', { name: person.displayName })} />}>
        <MoreIcon />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={menuCss.positioner} align="end" sideOffset={6}>
          <Menu.Popup className={menuCss.menu}>
            {person.isSuspended ? (
              <Menu.Item
                className={menuCss.item}
                closeOnClick={false}
                disabled={isLifting}
                aria-busy={isLifting}
                onClick={() => void liftNow()}
              >
                {isLifting ? <span className={ui.spinner} aria-hidden="true" /> : <LogIn {...icon} />}
                <span>{t('operator.letBackIn')}</span>
              </Menu.Item>
            ) : (
              <Menu.Item className={menuCss.item} onClick={() => ask('suspend')}>
                <Ban {...icon} />
                {t('operator.suspend')}
              </Menu.Item>
            )}
            <Menu.Item className={menuCss.item} onClick={() => ask('reset')}>
              <KeyRound {...icon} />
              {t('operator.resetPassword')}
            </Menu.Item>
            <div className={menuCss.rule} />
            <Menu.Item className={`${menuCss.item} ${menuCss.danger}`} onClick={() => ask('remove')}>
              <UserX {...icon} />
              {t('operator.remove')}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
