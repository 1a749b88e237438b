const listeners = new Set<() => void>();

/**
 * Calls back when the browser has let this page have a device: names and ids appear with it, and for that
 * there is no `devicechange` (https://w3c.github.io/mediacapture-main/#event-mediadevices-devicechange).
 */
export function onDeviceAllowed(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Notifies the listeners that the browser has just allowed a device. */
export function notifyDeviceAllowed(): void {
  for (const listener of [...listeners]) listener();
}
