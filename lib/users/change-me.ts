import 'server-only';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { nextRevision } from '@/db/revision';
import { users } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';
import type { changeMeSchema, MeView, Permission } from '@/lib/protocol';
import { readMe } from './read-me';

const width: Record<Permission, number> = { nobody: 0, known: 1, everyone: 2 };

/**
 * Changes the viewer's profile and settings, whole or not at all. Calling can't be wider than
 * messaging: whichever is set, calling is narrowed to it.
 */
export async function changeMe(
  deps: Deps,
  userId: UserId,
  change: z.infer<typeof changeMeSchema>,
): Promise<MeView> {
  const isProfile =
    change.displayName !== undefined || change.about !== undefined || change.doNotDisturb !== undefined;
  await deps.transaction(async (tx) => {
    const [row] = await tx.select().from(users).where(eq(users.id, userId));
    if (!row) throw new AppError('not_found');
    const messagePermission = change.messagePermission ?? row.messagePermission;
    const wanted = change.callPermission ?? row.callPermission;
    await tx
      .update(users)
      .set({
        displayName: change.displayName ?? row.displayName,
        about: change.about ?? row.about,
        messagePermission,
        callPermission: width[wanted] > width[messagePermission] ? messagePermission : wanted,
        doNotDisturb: change.doNotDisturb ?? row.doNotDisturb,
        missedCallsSeenAt: change.missedCallsSeen ? deps.clock.wallNow() : row.missedCallsSeenAt,
        revision: await nextRevision(tx),
      })
      .where(eq(users.id, userId));
  });
  deps.realtime.wake([userId], { me: true });
  if (isProfile) deps.realtime.wake('everyone', { users: [userId] });
  return readMe(deps.db, userId);
}
