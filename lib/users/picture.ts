import 'server-only';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import sharp from 'sharp';
import { nextRevision } from '@/db/revision';
import { users } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';

/** What an upload may weigh. */
export const maxPictureBytes = 5 * 1024 * 1024;

/** Width and height that pictures are kept at. */
const sizePx = 256;
/** A picture that unpacks to more is not worth its memory. */
const maxPixels = 50_000_000;

const fileOf = (deps: Pick<Deps, 'env'>, name: string) => join(deps.env.PARLEY_DATA_DIR, 'pictures', name);

/**
 * Makes an upload the viewer's picture: read, turned upright, cut to a square and written anew, so
 * that nothing of the file's own bytes or data about the place it was taken is ever served. Throws
 * AppError `invalid_input` for what is no picture.
 */
export async function changePicture(deps: Deps, userId: UserId, bytes: Uint8Array): Promise<void> {
  const picture = await sharp(bytes, { limitInputPixels: maxPixels })
    .rotate()
    .resize(sizePx, sizePx, { fit: 'cover' })
    .webp({ quality: 85 })
    .toBuffer()
    .catch(() => {
      throw new AppError('invalid_input', 'This file is not a picture that can be shown.');
    });
  // A new name with every upload: the old address may be cached for ever.
  const name = `${crypto.randomUUID().replaceAll('-', '')}.webp`;
  await mkdir(join(deps.env.PARLEY_DATA_DIR, 'pictures'), { recursive: true });
  await writeFile(fileOf(deps, name), picture);
  const old = await deps.transaction(async (tx) => {
    const [row] = await tx.select({ name: users.pictureName }).from(users).where(eq(users.id, userId));
    await tx
      .update(users)
      .set({ pictureName: name, revision: await nextRevision(tx) })
      .where(eq(users.id, userId));
    return row?.name ?? null;
  });
  deps.realtime.wake('everyone', { users: [userId] });
  if (old) await rm(fileOf(deps, old), { force: true });
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
