import type { Reaction } from '@parley/call-protocol';

/** What each reaction looks like, and what it is called. */
export const reactionSigns: Record<Reaction, { sign: string; name: string }> = {
  thumbs_up: { sign: '👍', name: 'Thumbs up' },
  heart: { sign: '❤️', name: 'Heart' },
  laugh: { sign: '😂', name: 'Laughing' },
  wow: { sign: '😮', name: 'Surprised' },
  clap: { sign: '👏', name: 'Clapping' },
  party: { sign: '🎉', name: 'Party' },
};
