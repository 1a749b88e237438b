/**
 * Whether this browser can ring while no page of Parley is open: `insecure` without https, `install_first` on an iPhone
 * or iPad where Parley is not on the Home Screen.
 */
type PushAbility = 'possible' | 'insecure' | 'install_first' | 'unsupported';

export function pushAbility(): PushAbility {
  if (!isSecureContext) return 'insecure';
  if ('serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis)
    return 'possible';
  return /iPhone|iPad/.test(navigator.userAgent) ? 'install_first' : 'unsupported';
}
