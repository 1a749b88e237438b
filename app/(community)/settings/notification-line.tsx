'use client';

import { useCallNotifications } from '@parley/call-kit';
import { useText } from '../../_language/text-provider';
import { Button } from '../../_ui/button';
import { Line } from './line';
import css from './settings.module.css';

/** Asks for permission to show system notifications of calls; the browser stores the choice. */
export function NotificationLine() {
  const t = useText();
  const { permission, request } = useCallNotifications();
  if (permission === 'unsupported') return null;
  return (
    <Line
      name={t('settings.showNotification')}
      detail={t(permission === 'denied' ? 'settings.notificationBlocked' : 'settings.notificationHelp')}
      control={(ids) =>
        permission === 'default' ? (
          <Button onClick={request} aria-describedby={ids.labelledBy}>
            {t('settings.allow')}
          </Button>
        ) : (
          <span className={permission === 'granted' ? css.saved : css.detail}>
            {t(permission === 'granted' ? 'settings.allowed' : 'settings.blocked')}
          </span>
        )
      }
    />
  );
}
