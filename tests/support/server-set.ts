import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeLivekitPorts, freePort } from '../../scripts/free-ports.mjs';
import { findPostgres, runPostgres } from '../../scripts/postgres-server.mjs';
import { readSecrets } from '../../scripts/secrets.mjs';
import { howToGet, provideProgram } from '../../scripts/server-programs.mjs';
import { startCaddy } from './caddy-process.ts';
import { startLineProxy } from './fault-proxy.ts';
import { type LiveKitProcess, startLiveKitProcess } from './livekit-process.ts';
import { type RedisProcess, startRedisProcess } from './redis-process.ts';
import { type AppSettings, type RunningApp, startApp } from './running-app.ts';

/**
 * The whole of docs/scale.md on loopback: two Parley servers and two LiveKit nodes over one PostgreSQL and one Redis,
 * behind Caddy, which gives each request and each stream to the next server in turn.
 */
export type ServerSet = {
  /** The community as its people reach it, through Caddy. What is stopped or killed through it are both servers. */
  app: RunningApp;
  databaseUrl: string;
  servers: readonly [RunningApp, RunningApp];
  livekits: readonly [LiveKitProcess, LiveKitProcess];
  postgres: { kill(): Promise<void>; start(): Promise<void> };
  redis: RedisProcess;
  /** The second server reaches Redis through this line. */
  lineToRedis: Awaited<ReturnType<typeof startLineProxy>>;
};

/**
 * Addresses of the servers: with the same port as Caddy has on 127.0.0.1, so that the demo's origins are
 * those at which browsers find it.
 */
const hosts = ['127.0.0.2', '127.0.0.3'] as const;

/** @throws naming the program that this machine lacks */
export async function startServerSet(settings: AppSettings = {}, slot = 0): Promise<ServerSet> {
  const closing: (() => unknown)[] = [];
  const closeAll = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    return await startAll(settings, slot, closing, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function startAll(
  settings: AppSettings,
  slot: number,
  closing: (() => unknown)[],
  closeAll: () => Promise<void>,
): Promise<ServerSet> {
  const programs = await findPrograms();
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-set-'));
  closing.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const { parleySecret, livekitKey: apiKey, livekitSecret: apiSecret } = readSecrets(dataDir);
  const port = await freePort(4100 + slot * 100);
  const livekitPort = await freePort(9100 + slot * 100);

  const postgres = await runPostgres(programs.postgres, { isLasting: true });
  closing.push(postgres.stop);
  const redis = await startRedisProcess(programs.redis, { isLasting: true });
  closing.push(redis.close);
  const lineToRedis = await startLineProxy(redis.port);
  closing.push(lineToRedis.close);

  const startNode = async (from: number) => {
    const node = await startLiveKitProcess({
      webhookUrl: settings.LIVEKIT_WEBHOOK_URL ?? `http://127.0.0.1:${port}/api/livekit/webhook`,
      port: await freeLivekitPorts(from),
      redisAddress: `127.0.0.1:${redis.port}`,
      keys: { apiKey, apiSecret },
    });
    closing.push(node.close);
    return node;
  };
  const livekits = [await startNode(9200 + slot * 100), await startNode(9250 + slot * 100)] as const;

  const caddy = await startCaddy(programs.caddy, [
    { port, upstreams: hosts.map((host) => `${host}:${port}`), alivePath: '/api/health/live' },
    { port: livekitPort, upstreams: livekits.map(({ url }) => new URL(url).host), alivePath: '/' },
  ]);
  closing.push(caddy.close);

  const startServer = (host: string, redisPort: number) =>
    startApp(
      {
        ...settings,
        DATABASE_URL: postgres.url,
        REDIS_URL: `redis://127.0.0.1:${redisPort}`,
        PARLEY_SECRET: parleySecret,
        LIVEKIT_URL: `ws://127.0.0.1:${livekitPort}`,
        LIVEKIT_API_KEY: apiKey,
        LIVEKIT_API_SECRET: apiSecret,
      },
      slot,
      { host, port },
    );
  // At the same moment, as after a power cut.
  const started = await Promise.allSettled([
    startServer(hosts[0], redis.port),
    startServer(hosts[1], lineToRedis.port),
  ]);
  for (const one of started) if (one.status === 'fulfilled') closing.push(one.value.stop);
  const servers = started.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  }) as [RunningApp, RunningApp];

  const app: RunningApp = {
    url: `http://localhost:${port}`,
    otherUrl: `http://127.0.0.1:${port}`,
    port,
    livekitPort,
    dataDir,
    output: () => servers.map((server) => server.output()).join('\n'),
    pids: servers[0].pids,
    stopJob: async () => void (await Promise.all(servers.map((server) => server.stopJob()))),
    startAgain: async () => void (await Promise.all(servers.map((server) => server.startAgain()))),
    stop: closeAll,
  };
  return { app, databaseUrl: postgres.url, servers, livekits, postgres, redis, lineToRedis };
}

async function findPrograms(): Promise<{ postgres: string; redis: string; caddy: string }> {
  const postgres = await findPostgres();
  if (!postgres) throw new Error('PostgreSQL is not here; install it (Debian: apt-get install postgresql)');
  const provide = async (name: 'Redis' | 'Caddy') => {
    const found = await provideProgram(name, process.env);
    if (!found) throw new Error(howToGet(name));
    return found;
  };
  return { postgres, redis: await provide('Redis'), caddy: await provide('Caddy') };
}

/** What a server says of itself, or undefined while it does not respond. */
export async function readHealth({ url }: Pick<RunningApp, 'url'>): Promise<Health | undefined> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(10_000) });
    return (await response.json()) as Health;
  } catch {
    return undefined;
  }
}

type Health = { database: boolean; livekit: boolean; redis: boolean; servers: number; doesJobs: boolean };

/** The two servers: which of them does the jobs, and which does not. @throws while there is none, or no other */
export async function byJobs({ servers }: ServerSet): Promise<{ holder: RunningApp; other: RunningApp }> {
  const [first, second] = await Promise.all(servers.map(readHealth));
  if (first?.doesJobs === second?.doesJobs) throw new Error('it is not clear which server does the jobs');
  const [one, two] = servers;
  return first?.doesJobs ? { holder: one, other: two } : { holder: two, other: one };
}
