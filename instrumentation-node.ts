import 'server-only';
import { makeDemoCommunity } from '@/db/demo-community';
import { openDatabase } from '@/db/open-database';
import type { Store } from '@/db/store';
import { refuseDemoAccounts } from '@/lib/auth/demo-accounts';
import { hashPassword } from '@/lib/auth/password';
import { confirmInSilence, reachByPush } from '@/lib/calls/commands/confirm-ring';
import { startCallTimers } from '@/lib/calls/jobs/call-timers';
import { resumeCalls } from '@/lib/calls/jobs/resume-calls';
import { systemClock } from '@/lib/clock';
import { makeDeps } from '@/lib/composition-root';
import { type AppDeps, setDeps } from '@/lib/deps';
import { type Env, readEnv } from '@/lib/env';
import { open } from '@/lib/http/front-door.mjs';
import { serveRoutes } from '@/lib/http/serve-routes';
import { type Log, makeLog } from '@/lib/log';
import { applyRegistrationSetting } from '@/lib/operator/change-community';
import { startPruning } from '@/lib/operator/prune-records';
import { startPushSender } from '@/lib/push/push-sender';
import { routes } from '@/lib/routes/registry';
import type { Servers } from '@/lib/servers/join-servers';
import { fillSortNames } from '@/lib/users/find-people';
import { makeSetUpLink } from '@/lib/users/set-up-link';
import { removeStrayPictures, startStrayLooks } from '@/lib/users/stray-pictures';

/**
 * Prepares the process before the first request: checks settings, migrates the database, creates the demo
 * community, reconciles calls with LiveKit and opens the API to the server. A wrong setting ends the process.
 */
export async function boot(): Promise<void> {
  try {
    const env = readEnv();
    const log = makeLog(env.LOG_LEVEL);
    const { store, isNew, backup } = await openDatabase({
      dataDir: env.PARLEY_DATA_DIR,
      url: env.DATABASE_URL,
    });
    if (backup) say(`The database was brought to this version. As it was before: ${backup}`);
    if (env.isDemo) await makeDemoCommunity(store, systemClock, hashPassword);
    await fillSortNames(store);
    const servers = await joinOthers(env, store, log);
    if (servers && env.PARLEY_FILES === undefined)
      say('PARLEY_FILES is not set: other servers do not show the pictures that this one receives.');
    const deps = makeDeps(env, store, log, servers);
    await refuseDemoAccounts(deps);
    await applyRegistrationSetting(deps);
    if (deps.lease.isHeld()) await prepareAlone(deps, isNew);
    setDeps(deps);
    const timers = startCallTimers(deps);
    await timers.firstTick;
    const stopPruning = startPruning(deps);
    const stopStrayLooks = env.PARLEY_FILES === undefined ? undefined : startStrayLooks(deps);
    const pushSender = startPushSender(deps, {
      onTaken: (callId, userId) => reachByPush(deps, callId, userId),
      onWithheld: (callId, userId) => confirmInSilence(deps, callId, userId),
    });
    open({
      serve: serveRoutes(routes, deps),
      async close() {
        timers.stop();
        stopPruning();
        stopStrayLooks?.();
        pushSender.stop();
        deps.closeRealtime();
        await servers?.leave();
      },
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** What one server process does at its start, while no other runs that could be at it, or has been since before. */
async function prepareAlone(deps: AppDeps, isNew: boolean): Promise<void> {
  // A new database knows none of the pictures on disk, so it must not delete them. Nothing uploads yet that could be
  // taken for a stray; where other servers may, too, startStrayLooks does it.
  if (!isNew && deps.env.PARLEY_FILES === undefined) await removeOwnStrays(deps);
  const setUpLink = await makeSetUpLink(deps);
  if (setUpLink)
    say(`Nobody runs this community yet. Make the operator's account here; it works once:\n  ${setUpLink}`);
  await resumeCalls(deps);
}

async function removeOwnStrays(deps: AppDeps): Promise<void> {
  await removeStrayPictures(deps, 'all').catch((error: unknown) =>
    deps.log.warn({ err: error }, 'stray pictures were not looked for; the next start tries again'),
  );
}

/** Null where this is the only server process, which needs and loads none of it. */
async function joinOthers({ REDIS_URL, DATABASE_URL }: Env, store: Store, log: Log): Promise<Servers | null> {
  if (REDIS_URL === undefined || DATABASE_URL === undefined) return null;
  const { joinServers } = await import('@/lib/servers/join-servers');
  const servers = await joinServers(REDIS_URL, DATABASE_URL, store, log);
  if (!servers.lease.isHeld()) say('Another server of this community is up; this one joins it.');
  return servers;
}

/** Prints a sentence for the operator at the terminal, between the structured log lines. */
function say(words: string): void {
  process.stdout.write(`\n  ${words}\n\n`);
}
