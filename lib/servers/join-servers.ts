import 'server-only';
import { openPostgresAside } from '@/db/postgres-store';
import { community } from '@/db/schema';
import type { Store } from '@/db/store';
import type { Log } from '@/lib/log';
import type { Wire } from '@/lib/realtime/wire';
import { type DatabaseLease, makeDatabaseLease } from './database-lease';
import { connectRedis } from './redis';
import { makeSharedClock, type SharedClock } from './shared-clock';

/** What a server process of a community with several shares with the others. */
export type Servers = {
  /** Different for each process and start. */
  serverId: string;
  wire: Wire;
  lease: DatabaseLease;
  clock: SharedClock;
  /** Counts rate limits for all servers. */
  limits: { client: object; prefix: string };
  /** Gives up the lease, so that another server need not wait, and disconnects. */
  leave(): Promise<void>;
};

/**
 * Joins the other servers of the community; resolves when this process has the community's time. Redis may be away
 * meanwhile, and later.
 *
 * @param databaseUrl for the lease, whose looks may not wait until a request gives back a connection: a server that
 *   has much to do would lose it
 * @throws when the database was not migrated
 */
export async function joinServers(
  url: string,
  databaseUrl: string,
  store: Store,
  log: Log,
): Promise<Servers> {
  const [row] = await store.db.select({ key: community.roomKey }).from(community);
  if (!row) throw new Error('the community row is missing: run the migrations');
  const prefix = `parley_${row.key}`;
  const serverId = crypto.randomUUID();
  const clock = makeSharedClock();
  const aside = openPostgresAside(databaseUrl);
  const lease = makeDatabaseLease({ store: aside, holder: serverId, clock, log });
  const [redis] = await Promise.all([connectRedis(url, prefix, log), lease.start()]);
  return {
    serverId,
    wire: redis.wire,
    lease,
    clock,
    limits: { client: redis.client, prefix },
    async leave() {
      await lease.stop().catch((error: unknown) => log.warn({ err: error }, 'the lease was not given up'));
      await Promise.all([aside.close(), redis.close()]);
    },
  };
}
