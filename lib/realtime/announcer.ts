import 'server-only';
import type { UserId } from '@/lib/ids';
import type { Log } from '@/lib/log';

export type Announcer = {
  /** This person's presence has changed; announced from the next turn of the event loop on. */
  note(userId: UserId): void;
  /** Tries again what could not be announced. */
  retry(): void;
};

/**
 * Announces presence in batches: one announcement runs at a time and takes everyone who was noted since the
 * last one began, so that 200 people who come back at once cost a few transactions and not 200.
 *
 * @param announce Writes and publishes the change; may fail while the database is full or locked.
 */
export function makeAnnouncer(announce: (userIds: UserId[]) => Promise<void>, log: Log): Announcer {
  const noted = new Set<UserId>();
  const failed = new Set<UserId>();
  let isScheduled = false;

  function schedule() {
    if (isScheduled || noted.size === 0) return;
    isScheduled = true;
    setImmediate(() => void run());
  }

  async function run() {
    const userIds = [...noted];
    noted.clear();
    try {
      await announce(userIds);
    } catch (error) {
      log.warn({ err: error, userIds }, 'presence was not announced; the next heartbeat tries again');
      for (const userId of userIds) failed.add(userId);
    }
    isScheduled = false;
    schedule();
  }

  return {
    note(userId) {
      noted.add(userId);
      schedule();
    },
    retry() {
      for (const userId of failed) noted.add(userId);
      failed.clear();
      schedule();
    },
  };
}
