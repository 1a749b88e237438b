import { startApp } from '../../tests/support/running-app.ts';
import { startServerSet } from '../../tests/support/server-set.ts';
import { benchSlot } from '../bench/people.mjs';
import { findPostgres, runPostgres } from '../postgres-server.mjs';
import { StartError } from '../progress.mjs';

/**
 * @typedef {object} Arrangement what is measured
 * @property {import('../bench/write-rows.mjs').ServedApp} app
 * @property {() => number[]} pids of the Parley servers
 * @property {() => Promise<void>} stop
 */

/** What `npm run load` starts, by the names that it takes. @type {Record<string, () => Promise<Arrangement>>} */
export const arrangements = {
  async sqlite() {
    const app = await startApp({}, benchSlot);
    return { app, pids: () => [app.pids().app], stop: app.stop };
  },

  async postgres() {
    const bin = await findPostgres();
    if (!bin) throw new StartError('PostgreSQL is not here; install it (Debian: apt-get install postgresql)');
    const database = await runPostgres(bin, { isLasting: true });
    try {
      const { url: databaseUrl } = database;
      const app = await startApp({ DATABASE_URL: databaseUrl }, benchSlot);
      const stop = async () => {
        await app.stop();
        await database.stop();
      };
      const { url, dataDir } = app;
      return { app: { url, dataDir, databaseUrl }, pids: () => [app.pids().app], stop };
    } catch (error) {
      await database.stop();
      throw error;
    }
  },

  async two() {
    const { app, databaseUrl, servers } = await startServerSet({}, benchSlot);
    const { url, dataDir } = app;
    return {
      app: { url, dataDir, databaseUrl },
      pids: () => servers.map((server) => server.pids().app),
      stop: app.stop,
    };
  },
};
