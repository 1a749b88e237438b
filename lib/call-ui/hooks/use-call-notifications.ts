import { useEffect, useState } from 'react';

/** Whether system notifications may be shown, and how to ask for them. */
export type CallNotificationsState = {
  /** `unsupported` where the browser has none; `denied` can only be changed in the browser's settings. */
  permission: 'default' | 'granted' | 'denied' | 'unsupported';
  /** Asks the person; must be called from a click. */
  request: () => void;
};

/**
 * Whether a ring may show a system notification while the page is hidden; for Settings.
 *
 * @example
 * const { permission, request } = useCallNotifications();
 * return permission === 'default' ? <button onClick={request}>Notify me of calls</button> : null;
 */
export function useCallNotifications(): CallNotificationsState {
  const [permission, setPermission] = useState<CallNotificationsState['permission']>('unsupported');
  useEffect(() => {
    if (typeof Notification !== 'undefined') setPermission(Notification.permission);
  }, []);
  const request = () => {
    if (typeof Notification === 'undefined') return;
    void Notification.requestPermission().then(setPermission, () => {});
  };
  return { permission, request };
}
