import type { CallEvent } from '@parley/call-kit';

/** Give it to `<CallProvider onCallEvent={…}>`: sends one line per call that ended. */
export function callAnalytics(send: (line: string) => void) {
  return (event: CallEvent) => {
    if (event.type !== 'ended') return;
    const seconds = Math.round((event.lengthMs ?? 0) / 1000);
    send(`call ${event.reason} after ${seconds} s`);
  };
}
