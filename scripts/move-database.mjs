/** `npm run move-database -- postgres://…`: copies a community from its SQLite file into PostgreSQL. */
import { readRun } from './app-process.mjs';
import { withMeter } from './meter.mjs';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, StartError, say, took } from './progress.mjs';
import { readSettings } from './settings.mjs';

async function main() {
  const [url] = process.argv.slice(2);
  const { dataDir, databaseUrl } = readSettings({ ...process.env, PARLEY_URL: '', DATABASE_URL: url ?? '' });
  if (!databaseUrl)
    throw new StartError('Where to? npm run move-database -- postgres://parley:password@127.0.0.1/parley');
  if (readRun(dataDir)) throw new StartError('Parley is running on this data folder. Stop it first.');
  console.log('');
  await continueOnPinnedNode();
  const { moveCommunity } = await import('./move-community.mjs');
  const startedAt = Date.now();
  /** @type {import('./move-community.mjs').MoveProgress | undefined} */
  let progress;
  const moving = moveCommunity({
    dataDir,
    url: databaseUrl,
    onProgress: (now) => {
      progress = now;
    },
  });
  const { rows } = await withMeter('Moving', moving, () => progress && { ...progress, unit: 'row steps' });
  say('Moved', `${rows} rows, each compared with its copy, in ${took(startedAt)}`);
  console.log('\n  Start Parley with DATABASE_URL set to the same address from now on.');
  console.log(
    `  Pictures and secrets stay in ${dataDir}; its parley.db is not used any more: keep it as a backup.\n`,
  );
}

await runScript(main);
