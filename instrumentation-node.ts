import 'server-only';
import { join } from 'node:path';
import { makeDemoCommunity } from '@/db/demo-community';
import { migrate } from '@/db/migrate';
import { openStore } from '@/db/store';
import { hashPassword } from '@/lib/auth/password';
import { startCallTimers } from '@/lib/calls/call-timers';
import { systemClock } from '@/lib/clock';
import { makeDeps, setDeps } from '@/lib/deps';
import { readEnv } from '@/lib/env';
import { notePeerAddresses } from '@/lib/http/client-address';
import { makeLog } from '@/lib/log';

/** Time that open requests get to finish on a stop. */
const stopTimeoutMs = 5000;

/**
 * Makes the process ready before the first request: settings checked, database migrated, demo
 * community made, calls brought up to date with what LiveKit says. A wrong setting ends the process.
 */
export async function boot(): Promise<void> {
  try {
    const env = readEnv();
    notePeerAddresses();
    const log = makeLog(env.LOG_LEVEL);
    const file = join(env.PARLEY_DATA_DIR, 'parley.db');
    migrate(file);
    const store = openStore(file);
    if (env.isDemo) await makeDemoCommunity(store, systemClock, hashPassword);
    const deps = makeDeps(env, store, log);
    setDeps(deps);
    const timers = startCallTimers(deps);
    await timers.firstTick;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        timers.stop();
        // Next waits for open streams for ever: close them, and don't wait for what hangs.
        deps.hub.closeAll();
        setTimeout(() => process.exit(1), stopTimeoutMs).unref();
      });
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
