import 'server-only';
import { and, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { links } from '@/db/schema';
import type { Readable, Tx } from '@/db/store';
import { type LinkId, makeId } from '@/lib/ids';
import { hashOfLinkSecret, newLinkSecret } from './link-secret.mjs';

export type LinkRow = typeof links.$inferSelect;
type LinkKind = LinkRow['kind'];
type NewLink = Pick<LinkRow, 'kind' | 'creatorId' | 'userId' | 'maxUses' | 'expiresAt'>;

/**
 * Makes a link and returns the secret in it, this once: the database keeps only its hash.
 * @param wallNow milliseconds since 1970, as `expiresAt`
 */
export async function makeLink(
  tx: Tx,
  wallNow: number,
  link: NewLink,
): Promise<{ id: LinkId; token: string }> {
  const id = makeId('link');
  const token = newLinkSecret();
  await tx.insert(links).values({ ...link, id, tokenHash: hashOfLinkSecret(token), createdAt: wallNow });
  return { id, token };
}

/** What makes a link work at this moment: not revoked, not used up, not expired. */
export function isUsable(wallNow: number) {
  return and(
    isNull(links.revokedAt),
    or(isNull(links.maxUses), lt(links.useCount, links.maxUses)),
    or(isNull(links.expiresAt), gt(links.expiresAt, wallNow)),
  );
}

/** The link with this secret, if it is of one of these kinds and works now; else null, whatever the reason. */
export async function findLink(
  q: Readable,
  wallNow: number,
  kinds: LinkKind[],
  token: string,
): Promise<LinkRow | null> {
  const [row] = await q
    .select()
    .from(links)
    .where(and(eq(links.tokenHash, hashOfLinkSecret(token)), inArray(links.kind, kinds), isUsable(wallNow)));
  return row ?? null;
}

/** Counts one use. False when it stopped working in the meantime: of two who come at once one wins. */
export async function takeLink(tx: Tx, wallNow: number, id: LinkId): Promise<boolean> {
  const taken = await tx
    .update(links)
    .set({ useCount: sql`${links.useCount} + 1`, usedAt: wallNow })
    .where(and(eq(links.id, id), isUsable(wallNow)))
    .returning({ id: links.id });
  return taken.length > 0;
}
