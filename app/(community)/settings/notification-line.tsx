'use client';

import { useState } from 'react';
import { Button } from '../../_ui/button';
import { Line } from './line';
import css from './settings.module.css';

const hasNotifications = () => typeof Notification !== 'undefined';

/** Whether the system may show a call while Parley is out of sight: the browser keeps the answer. */
export function NotificationLine() {
  const [permission, setPermission] = useState(() =>
    hasNotifications() ? Notification.permission : 'denied',
  );
  if (!hasNotifications()) return null;
  const ask = async () => setPermission(await Notification.requestPermission());
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
          <Button onClick={() => void ask()} aria-describedby={ids.labelledBy}>
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
