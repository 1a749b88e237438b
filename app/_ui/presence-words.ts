import type { Presence } from '@parley/call-protocol';

/** A person's presence, in words. */
export const presenceWords: Record<Presence, string> = {
  online: 'Online',
  do_not_disturb: 'Do not disturb',
  in_call: 'In a call',
  offline: 'Offline',
};
