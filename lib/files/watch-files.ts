import 'server-only';
import type { Log } from '@/lib/log';
import type { Files } from './files.mjs';
import { FilesUnavailable } from './files-unavailable.mjs';

/** The same files; the log records once that their place is away, and why, and once that it is back. */
export function watchFiles(files: Files, log: Log): Files {
  let isAway = false;
  async function watched<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      if (isAway) log.info('files can be reached again');
      isAway = false;
      return result;
    } catch (error) {
      if (!isAway && error instanceof FilesUnavailable)
        log.error({ err: error }, 'files cannot be reached; pictures are missing until they can');
      isAway ||= error instanceof FilesUnavailable;
      throw error;
    }
  }
  return {
    put: (name, bytes) => watched(files.put(name, bytes)),
    read: (name) => watched(files.read(name)),
    remove: (name) => watched(files.remove(name)),
    list: (folder) => watched(files.list(folder)),
    check: () => watched(files.check()),
  };
}
