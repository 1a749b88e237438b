import { type NotifyWhileAway, showWhileAway } from '@parley/call-kit';

let notify: NotifyWhileAway = showWhileAway;

/** Shows a ring outside of the window; as the kit does, until there is a worker that shows rings, too. */
export const notifyOfRing: NotifyWhileAway = (callId, title) => notify(callId, title);

/** @returns goes back to the kit's own */
export function setRingNotifier(next: NotifyWhileAway): () => void {
  notify = next;
  return () => {
    notify = showWhileAway;
  };
}
