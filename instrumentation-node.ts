import 'server-only';
import { makeDemoCommunity } from '@/db/demo-community';
import { openDatabase } from '@/db/open-database';
import { refuseDemoAccounts } from '@/lib/auth/demo-accounts';
import { hashPassword } from '@/lib/auth/password';
import { startCallTimers } from '@/lib/calls/jobs/call-timers';
import { resumeCalls } from '@/lib/calls/jobs/resume-calls';
import { systemClock } from '@/lib/clock';
import { makeDeps } from '@/lib/composition-root';
import { setDeps } from '@/lib/deps';
import { readEnv } from '@/lib/env';
import { open } from '@/lib/http/front-door.mjs';
import { serveRoutes } from '@/lib/http/serve-routes';
import { makeLog } from '@/lib/log';
import { applyRegistrationSetting } from '@/lib/operator/change-community';
import { startPruning } from '@/lib/operator/prune-records';
import { routes } from '@/lib/routes/registry';
import { fillSortNames } from '@/lib/users/find-people';
import { removeStrayPictures } from '@/lib/users/picture';
import { makeSetUpLink } from '@/lib/users/set-up-link';

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
    const deps = makeDeps(env, store, log);
    await refuseDemoAccounts(deps);
    await applyRegistrationSetting(deps);
    // A new database knows none of the pictures on disk, so it must not delete them.
    if (!isNew) await removeStrayPictures(deps);
    const setUpLink = await makeSetUpLink(deps);
    if (setUpLink)
      say(`Nobody runs this community yet. Make the operator's account here; it works once:\n  ${setUpLink}`);
    setDeps(deps);
    await resumeCalls(deps);
    const timers = startCallTimers(deps);
    await timers.firstTick;
    const stopPruning = startPruning(deps);
    open({
      serve: serveRoutes(routes, deps),
      close() {
        timers.stop();
        stopPruning();
        deps.closeRealtime();
      },
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** Prints a sentence for the operator at the terminal, between the structured log lines. */
function say(words: string): void {
  process.stdout.write(`\n  ${words}\n\n`);
}
