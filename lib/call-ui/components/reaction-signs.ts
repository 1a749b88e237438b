import type { Reaction } from '@parley/call-protocol';

/** What each reaction looks like; words have its name. */
export const reactionSigns: Record<Reaction, string> = {
  thumbs_up: '👍',
  heart: '❤️',
  laugh: '😂',
  wow: '😮',
  clap: '👏',
  party: '🎉',
};
