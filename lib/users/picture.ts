import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
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

/** Where all pictures are among the files (lib/files). */
export const pictureFolder = 'pictures';
const fileOf = (name: string) => `${pictureFolder}/${name}`;
/** A new name with every upload: the old address may be cached for ever. */
const newName = () => `${crypto.randomUUID().replaceAll('-', '')}.webp`;

/**
 * Makes an upload the viewer's picture.
 * @throws {AppError} invalid_input, pictures_unavailable — as `drawPicture`
 * @throws {FilesUnavailable}
 */
export async function changePicture(deps: UserDeps, userId: UserId, bytes: Uint8Array): Promise<void> {
  const picture = await drawPicture(deps.log, bytes);
  const name = newName();
  let old: string | null;
  try {
    await deps.files.put(fileOf(name), picture);
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

/** Deletes a picture that no user has any more. If that fails, the next look for stray pictures deletes it. */
export async function removePicture(deps: Pick<Deps, 'files' | 'log'>, name: string | null): Promise<void> {
  if (name === null) return;
  try {
    await deps.files.remove(fileOf(name));
  } catch (error) {
    deps.log.warn({ err: error }, 'a picture could not be deleted; the next look for stray ones tries again');
  }
}

/**
 * A person's current picture, always webp.
 * @throws {AppError} not_found — also for an older name
 * @throws {FilesUnavailable}
 */
export async function readPicture(
  deps: Pick<Deps, 'db' | 'files'>,
  userId: UserId,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const [row] = await deps.db
    .select({ name: users.pictureName })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.pictureName, name)));
  if (!row?.name) throw new AppError('not_found');
  const bytes = await deps.files.read(fileOf(row.name));
  if (!bytes) throw new AppError('not_found');
  return bytes;
}
