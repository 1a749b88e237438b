import 'server-only';
import type { CallView } from '@parley/call-protocol';
import { eq } from 'drizzle-orm';
import { conversations } from '@/db/schema';
import type { Tx } from '@/db/store';
import { keepCallBack } from '@/lib/conversations/call-back';
import { readWriters } from '@/lib/conversations/membership';
import { writeMessage } from '@/lib/conversations/send-message';
import type { CallDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { CallId, ConversationId, RingId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { loadCall } from '../reads/load-call';
import { requireView } from '../reads/read-calls';
import type { Touches } from '../touching';
import { inOneUnit, type Unit } from '../unit-of-work';
import { requireMember } from './require-member';

export type Reply = {
  callId: CallId;
  ringId: RingId;
  text: string;
  clientMessageId: string;
  /** In a direct conversation: the promise to call back in so many minutes; null: none. */
  callBackInMinutes: number | null;
};

/**
 * **Reply with a message**: declines the ring and sends the message to the call's conversation, both or neither. A
 * ring that has ended meanwhile without an answer is replied to all the same. A ring that this person has answered
 * already, here or in another tab, is not: so a repeat and two tabs at once send one message.
 *
 * @throws {AppError} not_found — no member, or the ring is not this person's; not_allowed — may not message the
 * other person, and the ring goes on
 */
export async function replyToCall(deps: CallDeps, viewer: Viewer, reply: Reply): Promise<CallView> {
  const { userId } = viewer;
  const { callId, ringId } = reply;
  const touches: Touches = {
    calls: [callId],
    people: async (tx) => {
      const call = await loadCall(tx, callId);
      return call ? readWriters(tx, userId, call.conversationId) : [];
    },
  };
  await inOneUnit(deps, touches, async (unit) => {
    await requireMember(unit, userId, callId);
    const { before, after } = await unit.apply(callId, { type: 'decline', userId, ringId });
    const ring = before?.rings.find((one) => one.id === ringId && one.userId === userId);
    if (!ring || ring.state === 'not_allowed') throw new AppError('not_found', 'server.noSuchCall');
    if (ring.state === 'accepted' || ring.state === 'declined') return;
    await send(deps, unit, viewer, after.conversationId, reply);
  });
  return requireView(deps, userId, callId);
}

async function send(
  { clock }: CallDeps,
  { tx, wake, notePushes }: Unit,
  { userId }: Viewer,
  conversationId: ConversationId,
  { text, clientMessageId, callBackInMinutes }: Reply,
): Promise<void> {
  const wallNow = clock.wallNow();
  const message = { text, clientMessageId };
  const { messageId, audience, hasPushes } = await writeMessage(tx, clock, userId, conversationId, message);
  if (hasPushes) notePushes();
  if (!audience) return;
  if (callBackInMinutes !== null && (await isDirect(tx, conversationId)))
    await keepCallBack(tx, { conversationId, userId, dueAt: wallNow + callBackInMinutes * 60_000 });
  wake(audience, { conversations: [conversationId], messages: [messageId] });
}

async function isDirect(tx: Tx, id: ConversationId): Promise<boolean> {
  const [conversation] = await tx
    .select({ kind: conversations.kind })
    .from(conversations)
    .where(eq(conversations.id, id));
  return conversation?.kind === 'direct';
}
