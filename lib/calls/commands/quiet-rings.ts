import 'server-only';
import { and, eq } from 'drizzle-orm';
import { isRunningRing } from '@/db/conditions';
import { calls, rings } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import type { ConversationId, UserId } from '@/lib/ids';
import { applyTrigger } from '../apply-trigger';

/**
 * **Do not disturb** (everywhere) or **Mute calls** (one conversation) was switched on: windows of
 * running rings close and sounds stop; the calls stay as quiet entries.
 */
export async function quietRings(deps: Deps, userId: UserId, conversationId?: ConversationId): Promise<void> {
  const running = await deps.db
    .select({ callId: rings.callId })
    .from(rings)
    .innerJoin(calls, eq(calls.id, rings.callId))
    .where(
      and(
        eq(rings.userId, userId),
        isRunningRing,
        ...(conversationId ? [eq(calls.conversationId, conversationId)] : []),
      ),
    );
  for (const { callId } of running) await applyTrigger(deps, callId, { type: 'quiet_ring', userId });
}
