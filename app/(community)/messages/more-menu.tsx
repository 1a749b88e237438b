'use client';

import { useState } from 'react';
import { useText } from '../../_language/text-provider';
import { IconButton } from '../../_ui/button';
import { MoreIcon } from '../../_ui/icons';
import { Later, laterPart } from '../../_ui/later';
import type { OpenedMoreMenuProps } from './opened-more-menu';

const openedMoreMenu = laterPart(async () => (await import('./opened-more-menu')).OpenedMoreMenu);

/** What one can do with a conversation besides writing and calling: a button, and its menu from the first press on. */
export function MoreMenu(props: Omit<OpenedMoreMenuProps, 'isByKeys'>) {
  const t = useText();
  const [pressedBy, setPressedBy] = useState<'pointer' | 'keys' | null>(null);
  const button = (
    <IconButton
      label={t('messages.more')}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={({ detail }) => setPressedBy(detail > 0 ? 'pointer' : 'keys')}
      onKeyDown={({ key }) => key === 'ArrowDown' && setPressedBy('keys')}
    >
      <MoreIcon />
    </IconButton>
  );
  return (
    <Later
      part={openedMoreMenu}
      props={{ ...props, isByKeys: pressedBy === 'keys' }}
      isDue={pressedBy !== null}
      giveUp={() => setPressedBy(null)}
      before={button}
    />
  );
}
