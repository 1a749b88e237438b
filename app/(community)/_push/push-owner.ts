/** Whose calls ring in this browser: another person who signs in here has not asked for it. */
const ownerKey = 'parley-push';

/** Whether this person switched on that their calls ring here while Parley is closed. */
export function isOwnPush(myId: string): boolean {
  try {
    return localStorage.getItem(ownerKey) === myId;
  } catch {
    // Forbidden, and so are service workers.
    return false;
  }
}

/** … and may still be notified. */
export const isRungByPush = (myId: string): boolean =>
  isOwnPush(myId) && 'Notification' in globalThis && Notification.permission === 'granted';

/** Null: no one's. */
export function keepPushOwner(myId: string | null): void {
  if (myId === null) localStorage.removeItem(ownerKey);
  else localStorage.setItem(ownerKey, myId);
}
