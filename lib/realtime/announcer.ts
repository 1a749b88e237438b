import 'server-only';
import type { UserId } from '@/lib/ids';

/**
 * Announces presence in batches: one announcement runs at a time and takes everyone who was noted since the
 * last one began, so that 200 people who come back at once wake the streams a few times and not 200.
 *
 * @param announce must not reject
 * @returns notes that this person's presence has changed; announced from the next turn of the event loop on
 */
export function makeAnnouncer(announce: (userIds: UserId[]) => Promise<void>): (userId: UserId) => void {
  const noted = new Set<UserId>();
  let isScheduled = false;

  function schedule() {
    if (isScheduled || noted.size === 0) return;
    isScheduled = true;
    setImmediate(() => void run());
  }

  async function run() {
    const userIds = [...noted];
    noted.clear();
    await announce(userIds);
    isScheduled = false;
    schedule();
  }

  return (userId) => {
    noted.add(userId);
    schedule();
  };
}
