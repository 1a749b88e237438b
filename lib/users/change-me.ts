import 'server-only';
import type { changeMeSchema, Permission } from '@parley/call-protocol';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { raised } from '@/db/revision';
import { users } from '@/db/schema';
import type { Tx } from '@/db/store';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';
import { foldName } from './fold-name';

const width: Record<Permission, number> = { nobody: 0, known: 1, everyone: 2 };

/**
 * Writes the viewer's profile and settings. Calling can't be wider than messaging: whichever is set, calling is
 * narrowed to it. The calling command quiets rings for **Do not disturb**, and wakes the streams.
 */
export async function saveMe(
  tx: Tx,
  wallNow: number,
  userId: UserId,
  change: z.infer<typeof changeMeSchema>,
): Promise<void> {
  const [row] = await tx.select().from(users).where(eq(users.id, userId));
  if (!row) throw new AppError('not_found');
  const messagePermission = change.messagePermission ?? row.messagePermission;
  const wanted = change.callPermission ?? row.callPermission;
  const displayName = change.displayName ?? row.displayName;
  await tx
    .update(users)
    .set({
      displayName,
      sortName: foldName(displayName),
      about: change.about ?? row.about,
      messagePermission,
      callPermission: width[wanted] > width[messagePermission] ? messagePermission : wanted,
      doNotDisturb: change.doNotDisturb ?? row.doNotDisturb,
      missedCallsSeenAt: change.missedCallsSeen ? wallNow : row.missedCallsSeenAt,
      revision: raised(tx, users, userId),
    })
    .where(eq(users.id, userId));
}
