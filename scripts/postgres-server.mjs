import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from './free-ports.mjs';
import { StartError } from './progress.mjs';
import { installPackages } from './system-packages.mjs';

/** Where Debian puts each version's programs. */
const debianFolder = '/usr/lib/postgresql';
const readyWithinMs = 30_000;
/** The data of a test is lost with it, so nothing waits for a disk. */
const forTests = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

/**
 * Finds PostgreSQL's programs, or installs them where that is possible without asking.
 * @param {{ canInstall?: boolean }} [options]
 * @returns {Promise<string | undefined>} their folder
 */
export async function findPostgres({ canInstall = true } = {}) {
  const found = installed();
  if (found || !canInstall) return found;
  await installPackages('PostgreSQL', ['postgresql']);
  return installed();
}

/** @returns {string | undefined} */
function installed() {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder) : [];
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  const folders = [
    ...newestFirst.map((version) => join(debianFolder, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/**
 * Runs a PostgreSQL server with an empty cluster of its own, on loopback, until `stop`.
 * @param {string} bin the folder of its programs
 * @param {{ isLasting?: boolean }} [options] `isLasting`: what it has committed is there again after `kill` and `start`
 * @returns {Promise<{ url: string, bin: string, kill(): Promise<void>, start(): Promise<void>, stop(): Promise<void> }>}
 *   `url`: the address of a database with the encoding and collation that Parley wants; its user may make others.
 *   `kill`: ends it at once, with the sessions that are open
 * @throws {StartError} with its last words when it does not start
 */
export async function runPostgres(bin, { isLasting = false } = {}) {
  const owner = processOwner();
  const folder = mkdtempSync(join(tmpdir(), 'parley-postgres-'));
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const options = { ...owner, cwd: folder, env: { ...process.env, LC_ALL: 'C' } };
  const data = join(folder, 'data');
  const port = await freePort(15_432);
  let words = '';
  /** @returns {import('node:child_process').ChildProcess} */
  const run = (/** @type {string} */ program, /** @type {string[]} */ args) => {
    const child = spawn(join(bin, program), args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (words += chunk));
    return child;
  };
  const made = await endOf(
    run('initdb', ['-D', data, '--locale=C', '--encoding=UTF8', '-A', 'trust', '-U', 'app', '--no-sync']),
  );
  if (made !== 0) throw new StartError(`PostgreSQL's initdb failed:\n${words}`);
  const settings = [
    ...forTests,
    ...(isLasting ? ['synchronous_commit=on', 'full_page_writes=on'] : []),
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
  ];
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let server;
  /** @type {Promise<unknown>} */
  let ended = Promise.resolve();
  const kill = () => server?.kill('SIGQUIT');
  const end = async (/** @type {NodeJS.Signals} */ signal) => {
    server?.kill(signal);
    await ended;
  };
  const stop = async () => {
    process.off('exit', kill);
    // Ends sessions that are still open, too.
    await end('SIGINT');
    rmSync(folder, { recursive: true, force: true });
  };
  const start = async () => {
    words = '';
    server = run('postgres', ['-D', data, '-p', `${port}`, ...settings.flatMap((one) => ['-c', one])]);
    ended = endOf(server);
    const isReady = await Promise.race([whenSaid(() => words), ended.then(() => false)]);
    if (isReady) return;
    await stop();
    throw new StartError(`PostgreSQL did not start:\n${words}`);
  };
  process.on('exit', kill);
  await start();
  return { url: `postgres://app@127.0.0.1:${port}/postgres`, bin, kill: () => end('SIGQUIT'), start, stop };
}

/** @returns {Promise<boolean>} whether the server says in time that it is ready */
async function whenSaid(/** @type {() => string} */ words) {
  for (const until = Date.now() + readyWithinMs; Date.now() < until; ) {
    if (words().includes('ready to accept connections')) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

function endOf(/** @type {import('node:child_process').ChildProcess} */ child) {
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', resolve);
  });
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package makes. @returns {{ uid?: number, gid?: number }} */
function processOwner() {
  if (process.getuid?.() !== 0) return {};
  const [, uid, gid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  if (uid === undefined)
    throw new StartError('PostgreSQL does not run as root, and there is no user postgres.');
  return { uid: Number(uid), gid: Number(gid) };
}
