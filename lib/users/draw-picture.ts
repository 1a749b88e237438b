import 'server-only';
import { AppError } from '@/lib/errors';
import type { Log } from '@/lib/log';

/** Width and height that pictures are kept at. */
const sizePx = 256;
/** A picture that unpacks to more is not worth its memory. */
const maxPixels = 50_000_000;

/**
 * Returns the picture in an upload as a square webp: read, turned upright, cut and written anew, so that
 * nothing of the file's own bytes or data about the place it was taken is ever served.
 * @throws {AppError} invalid_input — the file is no picture
 * @throws {AppError} pictures_unavailable — this machine cannot load the picture library
 */
export async function drawPicture(log: Pick<Log, 'error'>, bytes: Uint8Array): Promise<Uint8Array> {
  const sharp = await loadSharp(log);
  return sharp(bytes, { limitInputPixels: maxPixels })
    .rotate()
    .resize(sizePx, sizePx, { fit: 'cover' })
    .webp({ quality: 85 })
    .toBuffer()
    .catch(() => {
      throw new AppError('invalid_input', 'server.noPicture');
    });
}

/**
 * sharp is native code, and refuses to load on a processor without x86-64-v2 and where npm left its binary
 * out. Loaded with the first picture, so that everything else starts and runs without it.
 */
async function loadSharp(log: Pick<Log, 'error'>) {
  try {
    return (await import('sharp')).default;
  } catch (error) {
    log.error({ err: error }, 'the picture library does not load here; pictures are refused');
    throw new AppError('pictures_unavailable', 'server.cantReadPictures');
  }
}
