import 'server-only';
import { and, eq } from 'drizzle-orm';
import { isRunningRing } from '@/db/conditions';
import { calls, rings } from '@/db/schema';
import type { ConversationId, UserId } from '@/lib/ids';
import type { Unit } from '../unit-of-work';

/**
 * Closes the windows and stops the sounds of a person's running rings, everywhere or in one conversation; the
 * calls stay as quiet entries.
 */
export async function quietRings(
  { tx, apply }: Unit,
  userId: UserId,
  conversationId?: ConversationId,
): Promise<void> {
  const running = await tx
    .select({ callId: rings.callId })
    .from(rings)
    .innerJoin(calls, eq(calls.id, rings.callId))
    .where(
      and(
        eq(rings.userId, userId),
        isRunningRing,
        conversationId ? eq(calls.conversationId, conversationId) : undefined,
      ),
    );
  for (const { callId } of running) await apply(callId, { type: 'quiet_ring', userId });
}
