import type { ConversationKind, Permission } from '@parley/call-protocol';

/** What decides whether one person may ring another; gathered by read-ring-facts.ts. */
export type RingFacts = {
  conversationKind: ConversationKind;
  /** The callee's two settings. */
  callPermission: Permission;
  messagePermission: Permission;
  /** The callee knows the caller (docs/calls.md, "Who may ring whom"); looked up only where a setting asks for it. */
  isKnown: boolean;
  /** Either has blocked the other. */
  isBlocked: boolean;
  isSuspended: boolean;
  doNotDisturb: boolean;
  /** The callee muted calls of this conversation. */
  isMuted: boolean;
};

/** `quiet`: an entry with Join call, no window, no sound. */
export type RingVerdict = 'ring' | 'quiet' | 'refuse';

const width: Record<Permission, number> = { nobody: 0, known: 1, everyone: 2 };

/**
 * The only gate for every ring of every kind. Refusals carry no reason, because the caller must
 * not learn whether a block or a permission refused them.
 */
export function mayRing(facts: RingFacts): RingVerdict {
  if (facts.conversationKind === 'channel' || facts.isBlocked || facts.isSuspended) return 'refuse';
  // Calling can't be wider than messaging.
  const allowed = Math.min(width[facts.callPermission], width[facts.messagePermission]);
  const isAllowed = allowed === width.everyone || (allowed === width.known && facts.isKnown);
  if (!isAllowed) return 'refuse';
  // The caller does not learn of a muted conversation: the callee's device confirms its ring as it would a window.
  return facts.doNotDisturb || facts.isMuted ? 'quiet' : 'ring';
}
