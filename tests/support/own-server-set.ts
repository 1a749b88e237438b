import { eq } from 'drizzle-orm';
import { onTestFinished } from 'vitest';
import { callTriggers } from '@/db/schema';
import type { CallId } from '@/lib/ids';
import { type ApiPerson, makePeople, openDatabaseOf, type ServedApp } from './api-people';
import type { AppSettings, RunningApp } from './running-app';
import { byJobs, readHealth, type ServerSet, startServerSet } from './server-set';
import { waitFor } from './wait-for';

export type OwnServerSet = ServerSet & { community: ServedApp };

/** Two servers and all that they share for one test alone, which may kill any of it; it ends with the test. */
export async function ownServerSet(settings: AppSettings = {}): Promise<OwnServerSet> {
  const set = await startServerSet({ CALL_RING_SECONDS: '15', CALL_REJOIN_SECONDS: '5', ...settings }, 8);
  onTestFinished(() => set.app.stop(), 60_000);
  await isWhole(set, 20_000);
  const { url, dataDir } = set.app;
  return { ...set, community: { url, dataDir, databaseUrl: set.databaseUrl } };
}

/** Resolves when both servers reach everything that they share, and each other. @returns after how many milliseconds */
export function isWhole({ servers }: ServerSet, withinMs: number): Promise<number> {
  const isRight = async (server: RunningApp) => {
    const health = await readHealth(server);
    return health?.database && health.livekit && health.redis && health.servers === 2;
  };
  return waitFor(
    'both servers to be whole',
    async () => (await Promise.all(servers.map(isRight))).every(Boolean),
    withinMs,
  );
}

/** Resolves when Caddy gives requests to both servers, which it does a moment after one has started. */
export async function areBothBehindFront({ app }: ServerSet): Promise<void> {
  const answers = async () => [await readHealth(app), await readHealth(app)];
  await waitFor(
    'Caddy to reach both servers',
    async () => new Set((await answers()).map((health) => health?.doesJobs)).size === 2,
    20_000,
  );
}

/** Four people of the set's community. */
export async function fourPeople(set: OwnServerSet) {
  const names = ['Alice', 'Bob', 'Carol', 'Dave'];
  return (await makePeople(set.community, names)) as [ApiPerson, ApiPerson, ApiPerson, ApiPerson];
}

/** Stops the server that does the jobs, as a suspended machine does, until `wake` or the end of the test. */
export async function stopHolder(set: ServerSet) {
  const { holder, other } = await byJobs(set);
  const { app: pid } = holder.pids();
  const wake = () => void process.kill(pid, 'SIGCONT');
  process.kill(pid, 'SIGSTOP');
  // Whatever fails: a process that stands still can't be ended by asking.
  onTestFinished(wake);
  const takenOverMs = await waitFor(
    'the other server to do the jobs',
    async () => (await readHealth(other))?.doesJobs === true,
    20_000,
  );
  return { holder, other, wake, takenOverMs };
}

/** How often each trigger changed this call, or was applied without a change, as `npm run call` prints it. */
export async function triggersOf(set: OwnServerSet, callId: string): Promise<string[]> {
  const store = openDatabaseOf(set.community);
  try {
    const rows = await store.db
      .select({ trigger: callTriggers.trigger })
      .from(callTriggers)
      .where(eq(callTriggers.callId, callId as CallId));
    return rows.map(({ trigger }) => trigger);
  } finally {
    await store.close();
  }
}
