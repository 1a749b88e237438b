import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';

const abandonedAfterMs = 24 * 3600 * 1000;

/**
 * Copies everything that a community is made of into a folder of its own, while the app runs:
 * the database by SQLite's own backup, checked afterwards; pictures; the generated secrets. The
 * folder has its final name only when it is whole. Plain JavaScript, because `npm run backup` runs
 * it outside the app.
 * @param {string} dataDir
 * @param {string} intoFolder the backup becomes a folder in here, named after the moment (UTC)
 * @param {string} [label] added to the name
 * @param {(to: string) => unknown} [copyPictures] for those that are not in the data folder
 * @returns {Promise<string>} where it is
 * @throws {Error} when there is no database, or the copy does not pass SQLite's check
 */
export async function backUp(dataDir, intoFolder, label = '', copyPictures = copyOwnPictures(dataDir)) {
  const database = join(dataDir, 'parley.db');
  if (!existsSync(database)) throw new Error(`There is no database in ${dataDir}.`);
  const moment = new Date().toISOString().replaceAll(':', '-').replace(/\..*/, 'Z');
  const whole = freeName(resolve(intoFolder, `${moment}${label && `-${label}`}`));
  const partial = `${whole}.partial`;
  removeAbandoned(resolve(intoFolder));
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  try {
    // Before and after: a picture that is replaced meanwhile is there under either name.
    await copyPictures(partial);
    await copyDatabase(database, join(partial, 'parley.db'));
    await copyPictures(partial);
    const secrets = join(dataDir, 'secrets.json');
    if (existsSync(secrets)) {
      cpSync(secrets, join(partial, 'secrets.json'));
      chmodSync(join(partial, 'secrets.json'), 0o600);
    }
    writeFileSync(
      join(partial, 'backup.json'),
      `${JSON.stringify({ madeAt: new Date().toISOString(), from: resolve(dataDir) }, null, 2)}\n`,
    );
    renameSync(partial, whole);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
  return whole;
}

/** A backup's name while it is made: the moment, a label, which of one second. */
const ourPartial = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-[a-z0-9-]+)?\.partial$/;

/**
 * What backups that were killed left behind; one that is being made now is younger. Folders of our own names
 * only: others keep things in that folder, too, and copying programs end their names like this.
 */
function removeAbandoned(/** @type {string} */ folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || !ourPartial.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (Date.now() - statSync(path).mtimeMs > abandonedAfterMs) rmSync(path, { recursive: true });
  }
}

/** Two in one second are two backups. */
function freeName(/** @type {string} */ wanted) {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? wanted : `${wanted}-${n}`;
    if (!existsSync(name)) return name;
  }
}

/** A consistent copy, also while other processes write; one file, without a write-ahead log beside it. */
async function copyDatabase(/** @type {string} */ from, /** @type {string} */ to) {
  // Not read-only: after a crash SQLite first has to take in what the write-ahead log holds.
  const source = new Database(from, { fileMustExist: true });
  try {
    await source.backup(to);
  } finally {
    source.close();
  }
  const copy = new Database(to);
  try {
    copy.pragma('journal_mode = DELETE');
    const found = copy.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new Error(`The copy of the database is damaged: ${found}`);
  } finally {
    copy.close();
  }
  chmodSync(to, 0o600);
}

function copyOwnPictures(/** @type {string} */ dataDir) {
  return (/** @type {string} */ to) => {
    const pictures = join(dataDir, 'pictures');
    if (existsSync(pictures)) cpSync(pictures, join(to, 'pictures'), { recursive: true });
  };
}
