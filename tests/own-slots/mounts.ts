import { useEffect } from 'react';

declare global {
  /** How often each part of the page was mounted. */
  var mounts: Record<string, number>;
}
globalThis.mounts = {};

export function useCountedMount(name: string): void {
  useEffect(() => {
    globalThis.mounts[name] = (globalThis.mounts[name] ?? 0) + 1;
  }, [name]);
}
