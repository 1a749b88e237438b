import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { withMeter } from './meter.mjs';
import { StartError, say, took } from './progress.mjs';
import { runCommand } from './run-command.mjs';

/** Later releases may carry `replace` lines and then cannot be installed with Go. */
export const livekitVersion = '1.13.5';
/** The packages that `go install -v` prints for this version (`go list -deps`); the number hardly depends on the machine. */
const goPackages = 789;
const releases = `https://github.com/livekit/livekit/releases/download/v${livekitVersion}`;
const goModule = `github.com/livekit/livekit-server/cmd/server@v${livekitVersion}`;

/**
 * Finds a LiveKit server, or fetches one into the cache: LIVEKIT_SERVER_BIN, the PATH, the cache,
 * the official release, Go's module proxy, in this order.
 * @param {{ cacheDir: string, env: NodeJS.ProcessEnv, canFetch?: boolean }} options
 * @returns {Promise<string>} the path of a program that can be run
 * @throws {StartError} listing every way, when none works
 */
export async function findLivekitBinary({ cacheDir, env, canFetch = true }) {
  if (env.LIVEKIT_SERVER_BIN) {
    if (!isProgram(env.LIVEKIT_SERVER_BIN))
      throw new StartError(
        `LIVEKIT_SERVER_BIN is ${env.LIVEKIT_SERVER_BIN}, which is not a program that can be run.`,
      );
    return env.LIVEKIT_SERVER_BIN;
  }
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'livekit-server'))
    .find(isProgram);
  if (onPath) return onPath;
  const cached = join(cacheDir, `livekit-server-${livekitVersion}`);
  if (isProgram(cached)) return cached;

  if (!canFetch) throw new StartError('there is no LiveKit server yet; npm start fetches one');
  mkdirSync(cacheDir, { recursive: true });
  const work = mkdtempSync(join(cacheDir, 'fetching-'));
  const tried = [];
  try {
    for (const way of [fromRelease, fromGo]) {
      const startedAt = Date.now();
      const found = await way(work, env).catch((error) => ({
        problem: String(error.cause ?? error.message ?? error),
      }));
      if (typeof found === 'string') {
        chmodSync(found, 0o755);
        renameSync(found, cached);
        say('LiveKit', `version ${livekitVersion} is in ${cacheDir} (${took(startedAt)})`);
        return cached;
      }
      tried.push(found.problem);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  throw new StartError(
    `There is no LiveKit server, and none could be fetched (${tried.join('; ')}).\nAny of these helps:\n` +
      `  - install livekit-server ${livekitVersion} so that it is on the PATH (macOS: brew install livekit)\n` +
      '  - set LIVEKIT_SERVER_BIN to the path of a livekit-server program\n' +
      `  - unpack one from ${releases} as ${cached}\n` +
      '  - install Go 1.26 or later; npm start then builds one by itself\n' +
      '  - set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET to use a server that runs elsewhere',
  );
}

/** The official archive, checked against the checksum file of the same release. */
async function fromRelease(/** @type {string} */ work) {
  const processor = { x64: 'amd64', arm64: 'arm64', arm: 'armv7' }[/** @type {string} */ (process.arch)];
  if (process.platform !== 'linux' || !processor)
    return { problem: `no official release for ${process.platform} on ${process.arch}` };
  const name = `livekit_${livekitVersion}_linux_${processor}.tar.gz`;
  const sums = (await download('checksums.txt', () => undefined)).toString('utf8');
  const expected = sums
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, file]) => file === name)?.[0];
  say('LiveKit', `downloading ${name}`);
  /** @type {import('./meter.mjs').Reading | undefined} */
  let reading;
  const archive = await withMeter(
    'LiveKit',
    download(name, (news) => (reading = news)),
    () => reading,
  );
  const actual = createHash('sha256').update(archive).digest('hex');
  if (!expected || actual !== expected)
    return { problem: `the download of ${name} does not match its checksum` };
  writeFileSync(join(work, name), archive);
  const { code, output } = await runCommand('tar', ['-xzf', join(work, name), '-C', work], { quiet: true });
  return code === 0 ? join(work, 'livekit-server') : { problem: `tar: ${output.trim()}` };
}

/** A connection over which nothing comes for so long is given up. */
const stalledMs = 30_000;

/** @returns {Promise<Buffer>} */
async function download(
  /** @type {string} */ name,
  /** @type {(reading: import('./meter.mjs').Reading) => void} */ onReading,
) {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), stalledMs);
  try {
    const answer = await fetch(`${releases}/${name}`, { signal: abort.signal });
    if (!answer.ok || !answer.body) throw new Error(`it answered ${answer.status}`);
    const total = Number(answer.headers.get('content-length')) || undefined;
    const chunks = [];
    let done = 0;
    for await (const chunk of /** @type {AsyncIterable<Uint8Array>} */ (answer.body)) {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(), stalledMs);
      chunks.push(chunk);
      done += chunk.length;
      onReading({ done, unit: 'bytes', ...(total && { total }) });
    }
    return Buffer.concat(chunks);
  } catch (error) {
    const { cause, message } = /** @type {Error & { cause?: { code?: string } }} */ (error);
    const why = abort.signal.aborted ? `nothing came for ${stalledMs / 1000} s` : (cause?.code ?? message);
    throw new Error(`the release download failed: ${why}`);
  } finally {
    clearTimeout(timer);
  }
}

async function fromGo(/** @type {string} */ work, /** @type {NodeJS.ProcessEnv} */ env) {
  const version = await runCommand('go', ['env', 'GOVERSION'], { quiet: true });
  const [, major = '0', minor = '0'] = /go(\d+)\.(\d+)/.exec(version.output) ?? [];
  if (version.code !== 0 || Number(major) < 1 || (Number(major) === 1 && Number(minor) < 26))
    return { problem: 'Go 1.26 or later is not installed' };
  say('LiveKit', `building version ${livekitVersion} with Go; about 3 minutes on 2 cores`);
  let done = 0;
  const building = runCommand('go', ['install', '-v', goModule], {
    quiet: true,
    env: { ...env, CGO_ENABLED: '0', GOBIN: work },
    // Each package that it compiles, between lines such as "go: downloading …".
    onLine: (line) => {
      if (!line.startsWith('go: ')) done += 1;
    },
  });
  const { code, output } = await withMeter('LiveKit', building, () =>
    done > 0 ? { done, total: goPackages, unit: 'packages' } : undefined,
  );
  return code === 0 && existsSync(join(work, 'server'))
    ? join(work, 'server')
    : { problem: `go install: ${output.trim().split('\n').at(-1)}` };
}

function isProgram(/** @type {string} */ file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
