import type { Permission } from '@parley/call-protocol';

/** What decides whether one person may write to another or add them to a group. */
export type MessageFacts = {
  /** The other person's **Who can message me**. */
  messagePermission: Permission;
  /** The other person knows the sender; read only when their setting depends on it. */
  isKnown: boolean;
  /** Either has blocked the other. */
  isBlocked: boolean;
  isSuspended: boolean;
};

/** The only gate for direct messages and for adding people. A refusal carries no reason. */
export function mayMessage(facts: MessageFacts): boolean {
  if (facts.isBlocked || facts.isSuspended) return false;
  return facts.messagePermission === 'everyone' || (facts.messagePermission === 'known' && facts.isKnown);
}
