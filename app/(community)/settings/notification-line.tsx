'use client';

import { useCallNotifications } from '@parley/call-kit';
import { Button } from '../../_ui/button';
import { Line } from './line';
import css from './settings.module.css';

/** Asks for permission to show system notifications of calls; the browser stores the choice. */
export function NotificationLine() {
  const { permission, request } = useCallNotifications();
  if (permission === 'unsupported') return null;
  return (
    <Line
      name="Show a system notification"
      detail={
        permission === 'denied'
          ? 'Your browser blocks them here. Allow notifications in its settings for this site.'
          : 'When Parley is in the background.'
      }
      control={(ids) =>
        permission === 'default' ? (
          <Button onClick={request} aria-describedby={ids.labelledBy}>
            Allow
          </Button>
        ) : (
          <span className={permission === 'granted' ? css.saved : css.detail}>
            {permission === 'granted' ? 'Allowed' : 'Blocked'}
          </span>
        )
      }
    />
  );
}
