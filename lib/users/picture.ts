import 'server-only';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { raised } from '@/db/revision';
import { users } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { Deps, UserDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';
import { drawPicture } from './draw-picture';

/** The largest upload, in bytes. */
export const maxPictureBytes = 5 * 1024 * 1024;

const folderOf = (deps: Pick<Deps, 'env'>) => join(deps.env.PARLEY_DATA_DIR, 'pictures');
const fileOf = (deps: Pick<Deps, 'env'>, name: string) => join(folderOf(deps), name);
/** A new name with every upload: the old address may be cached for ever. */
const newName = () => `${crypto.randomUUID().replaceAll('-', '')}.webp`;
const isOurs = (name: string) => /^[0-9a-f]{32}\.webp$/.test(name);

/**
 * Makes an upload the viewer's picture.
 * @throws {AppError} invalid_input, pictures_unavailable — as `drawPicture`
 */
export async function changePicture(deps: UserDeps, userId: UserId, bytes: Uint8Array): Promise<void> {
  const picture = await drawPicture(deps.log, bytes);
  const name = newName();
  await mkdir(folderOf(deps), { recursive: true });
  let old: string | null;
  try {
    await writeFile(fileOf(deps, name), picture);
    old = await deps.transaction(async (tx) => {
      await lockRows(tx, { people: [userId] });
      return takePicture(tx, userId, name);
    });
  } catch (error) {
    await removePicture(deps, name);
    throw error;
  }
  await deps.bus.publish({ type: 'wake', who: 'everyone', what: { users: [userId] } });
  await removePicture(deps, old);
}

/** Returns the name of the picture before, which is not shown any more. @throws {AppError} unauthenticated — when the user was removed meanwhile */
async function takePicture(tx: Tx, userId: UserId, name: string): Promise<string | null> {
  const [row] = await tx
    .select({ name: users.pictureName })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.removedAt)));
  if (!row) throw new AppError('unauthenticated');
  await tx
    .update(users)
    .set({ pictureName: name, revision: raised(tx, users, userId) })
    .where(eq(users.id, userId));
  return row.name;
}

/** Deletes a picture that no user has any more. If that fails, the next start of Parley deletes it. */
export async function removePicture(deps: Pick<Deps, 'env' | 'log'>, name: string | null): Promise<void> {
  if (name === null) return;
  try {
    await rm(fileOf(deps, name), { force: true });
  } catch (error) {
    deps.log.warn({ err: error }, 'a picture could not be deleted; the next start tries again');
  }
}

/**
 * Deletes the pictures that no user has, at a start: a crash or a failing disk leaves them between a change in the
 * database and its file, and each backup would contain them.
 */
export async function removeStrayPictures(deps: Pick<Deps, 'db' | 'env' | 'log'>): Promise<void> {
  const names = await readdir(folderOf(deps)).catch(() => []);
  const rows = await deps.db
    .select({ name: users.pictureName })
    .from(users)
    .where(isNotNull(users.pictureName));
  const shown = new Set(rows.map((row) => row.name));
  for (const name of names) if (isOurs(name) && !shown.has(name)) await removePicture(deps, name);
}

/** A person's current picture, always webp. Throws AppError `not_found`, also for an older name. */
export async function readPicture(
  deps: Pick<Deps, 'db' | 'env'>,
  userId: UserId,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const [row] = await deps.db
    .select({ name: users.pictureName })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.pictureName, name)));
  if (!row?.name) throw new AppError('not_found');
  const bytes = await readFile(fileOf(deps, row.name)).catch(() => {
    throw new AppError('not_found');
  });
  return new Uint8Array(bytes);
}
