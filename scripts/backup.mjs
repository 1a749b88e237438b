/** `npm run backup [-- FOLDER]`: copies database, pictures and secrets while the app runs. */
import { join } from 'node:path';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, StartError } from './progress.mjs';
import { readSettings } from './settings.mjs';

const backupOfServer =
  'DATABASE_URL is set: PostgreSQL makes the backup of the database while Parley runs, the data folder holds the secrets, and it or PARLEY_FILES the pictures.\n' +
  '  pg_dump --format=custom --file=parley.dump "$DATABASE_URL"\n' +
  'docs/operating.md, "PostgreSQL", says what to copy beside it, and how to restore both.';

async function main() {
  // The checks of a public start are not this command's: it needs the data folder only.
  const { dataDir, databaseUrl, files } = readSettings({ ...process.env, PARLEY_URL: '' });
  if (databaseUrl) throw new StartError(backupOfServer);
  const into = process.argv[2] ?? join(dataDir, 'backups');
  console.log('');
  await continueOnPinnedNode();
  const { backUp } = await import('../db/back-up.mjs');
  const made = await backUp(dataDir, into, '', await copierOf(files)).catch((error) => {
    throw new StartError(`No backup was made. ${error instanceof Error ? error.message : error}`);
  });
  console.log(`\n  The backup is in ${made}`);
  if (process.env.PARLEY_SECRET) {
    console.log('  PARLEY_SECRET and LIVEKIT_… come from the environment and are not in it: keep them, too.');
  }
  console.log('  How to restore it: docs/operating.md\n');
}

/** Copies pictures into the backup from where they are; undefined: with the data folder. */
async function copierOf(/** @type {import('./settings.mjs').Settings['files']} */ files) {
  if (!files.place) return undefined;
  const { openFiles } = await import('../lib/files/files.mjs');
  const { copyFiles } = await import('./copy-files.mjs');
  return (/** @type {string} */ to) =>
    copyFiles(openFiles(files), openFiles({ ...files, place: undefined, dataDir: to }), 'pictures');
}

await runScript(main);
