import type { CallEntry, ConversationView, MessageView } from '@parley/call-protocol';

/** Whom the line of a call in the history names. */
export const namedInEntry = (entry: CallEntry | null): string[] =>
  entry ? [entry.callerId, ...entry.personIds] : [];

/** Whom a message names. */
export const namedInMessage = ({ authorId, callEntry }: MessageView): string[] => [
  authorId,
  ...namedInEntry(callEntry),
];

/** Whom a conversation names in the list of conversations and in its header; a channel does not name its members. */
export const namedInConversation = ({ memberIds, lastMessage }: ConversationView): string[] => [
  ...(memberIds ?? []),
  ...(lastMessage ? [lastMessage.authorId, ...namedInEntry(lastMessage.callEntry)] : []),
];
