/**
 * `npm run doctor`: looks at everything that a start needs, and says what is wrong; `npm run doctor -- push` at what
 * ringing without a page needs. Changes nothing.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { readRun } from './app-process.mjs';
import { askWithKey, isOurLivekit } from './livekit-api.mjs';
import { findLivekitBinary } from './livekit-binary.mjs';
import { leftoverLivekit } from './livekit-server.mjs';
import { ownAddress } from './own-address.mjs';
import { pinnedNode } from './paths.mjs';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { requireAppPort, requireLivekitPorts } from './ports.mjs';
import { runScript, StartError, say } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { readSecrets } from './secrets.mjs';
import { readSettings } from './settings.mjs';

let problems = 0;

/** Runs one look; what it throws is a problem, what it returns is said. */
async function look(/** @type {string} */ label, /** @type {() => Promise<string> | string} */ check) {
  try {
    say(label, `fine: ${await check()}`);
  } catch (error) {
    problems += 1;
    const words = error instanceof Error ? error.message : String(error);
    say(label, `PROBLEM: ${words.replaceAll('\n', '\n                ')}`);
  }
}

function end() {
  console.log(problems === 0 ? '\n  Nothing is wrong.\n' : `\n  ${problems} to look at.\n`);
  process.exit(problems === 0 ? 0 : 1);
}

function problem(/** @type {string} */ words) {
  return new StartError(words);
}

async function main() {
  console.log('');
  const settings = readSettings(process.env);
  const { dataDir, databaseUrl, files, port, host, livekitPort, publicUrl, ownLivekit, redisUrl, cacheDir } =
    settings;
  if (process.argv[2] === 'push') {
    await continueOnPinnedNode();
    const { lookAtPush } = await import('./doctor-push.mjs');
    await lookAtPush(look, settings);
    return end();
  }
  const run = readRun(dataDir);
  const isUp = run?.app !== undefined;

  await look('Node', async () => {
    if (!existsSync(pinnedNode))
      throw problem('the dependencies are not installed yet; npm start installs them');
    const { output } = await runCommand(pinnedNode, ['--version'], { quiet: true });
    return `${output.trim()} for Parley, ${process.version} outside`;
  });
  await look('Data folder', () => {
    let folder = dataDir;
    while (!existsSync(folder)) folder = dirname(folder);
    try {
      accessSync(folder, constants.W_OK);
    } catch {
      throw problem(`this user may not write ${folder}; give it the folder, or set PARLEY_DATA_DIR`);
    }
    return folder === dataDir ? dataDir : `${dataDir} can be made`;
  });
  if (databaseUrl) await look('Database', () => serverDatabase(databaseUrl));
  await look('Port', async () => {
    if (run) return `Parley ${run.app ? 'runs' : 'is being started'} on ${run.port} (process ${run.job.pid})`;
    await requireAppPort(port, host);
    return `${host}:${port} is free`;
  });
  await look('Pictures', pictureLibrary);
  if (files.place || redisUrl) await look('Files', () => filesAnswer(files));
  await look('LiveKit', () => (ownLivekit ? ownServer(ownLivekit) : embeddedServer()));
  if (redisUrl) await look('Redis', () => redisAnswers(redisUrl));
  if (publicUrl && ownLivekit) {
    const { publicUrl: media } = ownLivekit;
    await look('For browsers', async () => {
      await reach('LIVEKIT_PUBLIC_URL', media);
      if (!isUp) return `${media} answers; start Parley to have ${publicUrl} looked at, too`;
      await reach('PARLEY_URL', publicUrl, '/api/health/live');
      return `${publicUrl} and ${media} answer, seen from this machine`;
    });
  }
  if (isUp) await look('Health', () => health(`${ownAddress(host, run.port)}/api/health`));

  end();

  async function embeddedServer() {
    const leftover = leftoverLivekit(dataDir);
    if (leftover) {
      const { livekitKey: key, livekitSecret: secret } = readSecrets(dataDir);
      if (await isOurLivekit({ port: leftover.port, key, secret }))
        return `the embedded one answers on port ${leftover.port}`;
      throw problem(
        `the embedded one (process ${leftover.pid}) does not answer on port ${leftover.port}; see ${dataDir}/livekit/livekit.log`,
      );
    }
    await requireLivekitPorts(livekitPort);
    return `${await findLivekitBinary({ cacheDir, env: process.env, canFetch: false })}; ports ${livekitPort} to ${livekitPort + 2} are free`;
  }
}

async function serverDatabase(/** @type {string} */ url) {
  if (!existsSync(pinnedNode))
    throw problem('the dependencies are not installed yet; npm start installs them');
  const { connectToServer } = await import('./community-database.mjs');
  const client = await connectToServer(url);
  try {
    const { rows } = await client.query(
      `select current_database() as name, current_setting('server_version') as version,
         has_schema_privilege('public', 'create') as may_create`,
    );
    const [{ name, version, may_create }] = rows;
    if (!may_create)
      throw problem(`its user may not make tables in ${name}; it must own the database (docs/operating.md)`);
    return `PostgreSQL ${version} answers, database ${name}`;
  } finally {
    await client.end();
  }
}

/** Asks in a process of its own, because packages may not be installed. */
async function redisAnswers(/** @type {string} */ url) {
  const ask = `const { createClient } = await import('@redis/client');
    const socket = { connectTimeout: 3000, reconnectStrategy: false };
    const client = createClient({ url: process.env.REDIS_URL, socket });
    client.on('error', (error) => { console.log(error.message); process.exit(1); });
    await client.connect();
    console.log(await client.ping());
    client.destroy();`;
  const { code, output } = await runCommand(pinnedNode, ['--input-type=module', '--eval', ask], {
    quiet: true,
    env: { ...process.env, REDIS_URL: url },
  });
  const { host } = new URL(url);
  if (code !== 0) throw problem(`no Redis server answers at REDIS_URL ${host} (${output.trim()})`);
  return `the Redis server at ${host} answers`;
}

/** Loads the picture library in a process of its own: native code that does not fit this machine may end it. */
async function pictureLibrary() {
  const { code, output } = await runCommand(pinnedNode, ['--eval', "await import('sharp')"], { quiet: true });
  if (code === 0) return 'the picture library loads';
  const reason = output.includes('Unsupported CPU')
    ? 'this processor lacks x86-64-v2; in a virtual machine choose the processor type "host"'
    : 'a package of it is missing; remove node_modules and start Parley again';
  throw problem(
    `pictures are refused, everything else works: the picture library does not load, because ${reason}`,
  );
}

async function filesAnswer(/** @type {import('./settings.mjs').Settings['files']} */ files) {
  if (!files.place)
    throw problem(
      'REDIS_URL is set and PARLEY_FILES is not: each server shows only the pictures that it received; name a folder that all share, or a bucket',
    );
  const { openFiles } = await import('../lib/files/files.mjs');
  return `PARLEY_FILES is ${await openFiles(files).check()}`;
}

/** The same limit as in lib/media/media-server.ts: LiveKit itself tolerates a minute. */
const clockNamedFromMs = 30_000;

/**
 * Fetches an address that the settings name as `name`, and expects status 200.
 * @returns {Promise<{ address: string, clockOffsetMs: number }>} the address as http, and by how much the clock
 *   that dates its response is ahead of ours
 */
async function reach(/** @type {string} */ name, /** @type {string} */ url, path = '') {
  const address = url.replace(/^ws/, 'http').replace(/\/$/, '');
  const answer = await fetch(`${address}${path}`, { signal: AbortSignal.timeout(5000) }).catch((error) => {
    throw problem(`nothing answers at ${name} ${url} (${error.cause?.code ?? error.message})`);
  });
  if (!answer.ok) throw problem(`${name} ${url} answers ${answer.status}; is that the right server?`);
  const at = Date.parse(answer.headers.get('date') ?? '');
  return { address, clockOffsetMs: Number.isNaN(at) ? 0 : at + 500 - Date.now() };
}

async function ownServer(/** @type {{ url: string, key: string, secret: string }} */ { url, key, secret }) {
  const { address, clockOffsetMs } = await reach('LIVEKIT_URL', url);
  const said = await askWithKey(address, { key, secret }, AbortSignal.timeout(5000), clockOffsetMs);
  if (said === 'refused')
    throw problem(
      `your server at ${url} refuses LIVEKIT_API_KEY and LIVEKIT_API_SECRET; they must be a pair under "keys" in its livekit.yaml`,
    );
  if (said === 'time')
    throw problem(
      `the clock of your server at ${url} is not the one that its address tells the time by; no call can start until its machine and that of the web server in front have the right time`,
    );
  if (Math.abs(clockOffsetMs) >= clockNamedFromMs)
    throw problem(
      `the clock of your server at ${url} is ${Math.round(Math.abs(clockOffsetMs) / 1000)} s ${clockOffsetMs > 0 ? 'ahead of' : 'behind'} this machine's; calls work, because Parley allows for it, but set it right`,
    );
  return `your server at ${url} answers, and takes the key`;
}

async function health(/** @type {string} */ address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(5000) });
  const words = await answer.text();
  if (!answer.ok) throw problem(`${address} answers ${answer.status}: ${words}`);
  if (JSON.parse(words).redis === false)
    throw problem(`${address}: database and LiveKit answer, Redis does not`);
  if (JSON.parse(words).files === false)
    throw problem(`${address}: database and LiveKit answer, PARLEY_FILES does not`);
  return 'database and LiveKit answer';
}

await runScript(main);
