import type { Presence } from '@parley/call-protocol';
import type { MessageId } from '@/languages/translator';

/** The message that names a person's presence. */
export const presenceWords = {
  online: 'ui.presenceOnline',
  do_not_disturb: 'ui.presenceQuiet',
  in_call: 'ui.presenceInCall',
  offline: 'ui.presenceOffline',
} as const satisfies Record<Presence, MessageId>;
