import type { MessageView, Snapshot } from '@parley/call-protocol';

/** A message of Bob's in the conversation `trip`, as old and as new as its position says. */
export const messageView = (seq: number, over: Partial<MessageView> = {}): MessageView => ({
  id: `msg_${seq}`,
  conversationId: 'trip',
  authorId: 'bob',
  seq,
  clientMessageId: null,
  text: `words ${seq}`,
  isDeleted: false,
  sentAt: seq,
  callEntry: null,
  revision: seq,
  ...over,
});

/** What Alice's page begins with where nothing is but herself. */
export const emptyCommunity: Snapshot = {
  community: { name: 'Harbour Street', registration: 'open' },
  me: {
    id: 'alice',
    messagePermission: 'everyone',
    callPermission: 'everyone',
    doNotDisturb: false,
    isOperator: false,
    missedCallCount: 0,
    revision: 1,
  },
  users: [],
  conversations: [],
  calls: [],
};
