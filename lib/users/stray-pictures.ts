import 'server-only';
import { isNotNull } from 'drizzle-orm';
import { users } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import { pictureFolder, removePicture } from './picture';

type Looking = Pick<Deps, 'db' | 'files' | 'log'>;

/** Also what an upload that broke off left. */
const ours = /^[0-9a-f]{32}\.webp(\.partial)?$/;
const everyMs = 3600 * 1000;

/**
 * Deletes the pictures that no user has: a crash or a failing disk leaves them between a change in the database and its
 * file, and each backup would contain them.
 *
 * @param seenBefore the stray ones of an earlier look: only these are deleted, because one that is new may belong to an
 *   upload on another server that is not committed yet. `all` where no upload can be under way
 * @returns the stray ones that were left
 */
export async function removeStrayPictures(
  deps: Looking,
  seenBefore: ReadonlySet<string> | 'all',
): Promise<Set<string>> {
  // Before the rows: who commits in between is found in them.
  const files = await deps.files.list(pictureFolder);
  const rows = await deps.db
    .select({ name: users.pictureName })
    .from(users)
    .where(isNotNull(users.pictureName));
  const shown = new Set(rows.map((row) => row.name));
  const names = files.map((file) => file.slice(pictureFolder.length + 1));
  const stray = names.filter((name) => ours.test(name) && !shown.has(name));
  // With an empty database a shared place was named by mistake.
  if (seenBefore !== 'all' && shown.size === 0) return new Set();
  const left = new Set<string>();
  for (const name of stray) {
    if (seenBefore === 'all' || seenBefore.has(name)) await removePicture(deps, name);
    else left.add(name);
  }
  return left;
}

/**
 * Looks for stray pictures where several servers can write: every hour, at the one that has the lease, which deletes
 * what its look of an hour ago found, too. No clock of a server or of the files' place is compared.
 *
 * @returns stops it
 */
export function startStrayLooks(deps: Looking & Pick<Deps, 'lease'>): () => void {
  let seenBefore: ReadonlySet<string> = new Set();
  const timer = setInterval(() => {
    if (!deps.lease.isHeld()) return;
    removeStrayPictures(deps, seenBefore).then(
      (left) => {
        seenBefore = left;
      },
      (error: unknown) =>
        deps.log.warn({ err: error }, 'stray pictures were not looked for; the next hour tries again'),
    );
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
