import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { defaultRegion, filesFault } from '../lib/files-fault.mjs';
import { productionFaults, urlFrom } from '../lib/production-faults.mjs';
import { readTrustedProxies } from '../lib/trusted-proxies.mjs';
import { ownAddress } from './own-address.mjs';
import { root } from './paths.mjs';
import { StartError } from './progress.mjs';

/**
 * @typedef {object} Settings what `npm start` itself needs; the app checks the rest (lib/env.ts)
 * @property {number} port
 * @property {string} host
 * @property {string} dataDir absolute
 * @property {string | undefined} databaseUrl the PostgreSQL database; undefined: a SQLite file in the data folder
 * @property {Parameters<typeof import('../lib/files/files.mjs').openFiles>[0]} files where pictures are kept
 * @property {string} cacheDir absolute; what was fetched and can be fetched again
 * @property {string} distDir absolute; the production build
 * @property {number} livekitPort the first of three
 * @property {string | undefined} publicUrl
 * @property {{ url: string, publicUrl: string, key: string, secret: string } | undefined} ownLivekit
 * @property {string | undefined} redisUrl what several servers share
 * @property {string} webhookUrl where the embedded LiveKit sends its webhooks
 */

/**
 * Reads the variables of docs/operating.md.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Settings}
 * @throws {StartError} naming the variable that is wrong or missing
 */
export function readSettings(env) {
  const dataDir = resolve(root, env.PARLEY_DATA_DIR || '.data');
  const port = portFrom(env, 'PORT', 3000, 1);
  const host = hostFrom(env);
  const publicUrl = env.PARLEY_URL || undefined;
  const ownLivekit = ownLivekitFrom(env);
  if (publicUrl && !ownLivekit) {
    throw new StartError(
      'PARLEY_URL is set, so LIVEKIT_URL must be too: the embedded LiveKit server only carries sound on this machine.\n' +
        'README.md, "Your own LiveKit server", says how to run one.',
    );
  }
  if (publicUrl && !env.PARLEY_SECRET) {
    throw new StartError(
      'PARLEY_URL is set, so PARLEY_SECRET must be too: at least 32 random characters (openssl rand -hex 32).',
    );
  }
  const redisUrl = env.REDIS_URL || undefined;
  if (redisUrl && !/^rediss?:$/.test(urlFrom(redisUrl)?.protocol ?? ''))
    throw new StartError('REDIS_URL must look like redis://127.0.0.1:6379, or rediss:// where it has TLS.');
  if (redisUrl && !ownLivekit) {
    throw new StartError(
      'REDIS_URL is set, so LIVEKIT_URL must be too: servers of one community share a LiveKit server, and an embedded one belongs to one of them.',
    );
  }
  if (redisUrl && !env.PARLEY_SECRET) {
    throw new StartError(
      'REDIS_URL is set, so PARLEY_SECRET must be too, the same for all servers: each takes the sign-ins of the others.',
    );
  }
  if (redisUrl && !env.DATABASE_URL) {
    throw new StartError(
      'REDIS_URL is set, so DATABASE_URL must be too: servers of one community share a PostgreSQL database, and a SQLite file belongs to one of them.',
    );
  }
  const fault = filesFault(env);
  if (fault) throw new StartError(`${fault.name} ${fault.words}.`);
  const [wrongProxy] = readTrustedProxies(env.PARLEY_TRUSTED_PROXIES ?? '').wrong;
  if (wrongProxy) throw new StartError(`PARLEY_TRUSTED_PROXIES: ${wrongProxy}.`);
  const unsafe = productionFaults(env);
  if (unsafe.length > 0)
    throw new StartError(`These settings are not safe in public:\n  ${unsafe.join('\n  ')}`);
  return {
    port,
    host,
    dataDir,
    databaseUrl: databaseUrlFrom(env),
    files: {
      dataDir,
      place: env.PARLEY_FILES || undefined,
      key: env.PARLEY_FILES_KEY,
      secret: env.PARLEY_FILES_SECRET,
      region: env.PARLEY_FILES_REGION || defaultRegion,
    },
    cacheDir: join(dirname(dataDir), '.cache', 'parley'),
    distDir: resolve(root, env.PARLEY_DIST_DIR || '.next'),
    livekitPort: portFrom(env, 'LIVEKIT_PORT', 7880, 3),
    publicUrl,
    ownLivekit,
    redisUrl,
    webhookUrl: env.LIVEKIT_WEBHOOK_URL || `${ownAddress(host, port)}/api/livekit/webhook`,
  };
}

/** @returns {string | undefined} */
function databaseUrlFrom(/** @type {NodeJS.ProcessEnv} */ { DATABASE_URL: url }) {
  if (!url) return undefined;
  // Not printed: it may hold a password.
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    throw new StartError(
      'DATABASE_URL must be an address such as postgres://parley:password@127.0.0.1/parley; without it the database is a file in PARLEY_DATA_DIR.',
    );
  return url;
}

/** @returns {string} */
function hostFrom(/** @type {NodeJS.ProcessEnv} */ { HOSTNAME: host }) {
  // Shells and containers export the machine's own name under HOSTNAME, which is not meant as a setting. And
  // `localhost` may be IPv6 alone, while the demo needs both of its names.
  if (!host || host === hostname() || host === 'localhost') return '127.0.0.1';
  if (!urlFrom(ownAddress(host, 1))) {
    throw new StartError(
      `HOSTNAME is "${host}"; it must be an address of this machine, such as 127.0.0.1 or 0.0.0.0.`,
    );
  }
  return host;
}

/** @returns {number} */
function portFrom(
  /** @type {NodeJS.ProcessEnv} */ env,
  /** @type {string} */ name,
  /** @type {number} */ fallback,
  /** @type {number} */ count,
) {
  const text = env[name] || String(fallback);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port + count - 1 > 65535) {
    throw new StartError(`${name} is "${text}"; it must be a port number from 1 to ${65536 - count}.`);
  }
  return port;
}

function ownLivekitFrom(/** @type {NodeJS.ProcessEnv} */ env) {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = env;
  if (!url) return undefined;
  if (!key || !secret) {
    throw new StartError(
      'LIVEKIT_URL is set, so LIVEKIT_API_KEY and LIVEKIT_API_SECRET must be too: a pair from the keys of livekit.yaml.',
    );
  }
  if (secret.length < 32) throw new StartError('LIVEKIT_API_SECRET must have at least 32 characters.');
  return { url, publicUrl: env.LIVEKIT_PUBLIC_URL || url, key, secret };
}
