import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findLivekitBinary } from '../../scripts/livekit-binary.mjs';
import { loopbackConfig } from '../../scripts/livekit-config.mjs';
import { root } from '../../scripts/paths.mjs';
import { isPortFree } from '../../scripts/ports.mjs';

export type LiveKitProcess = {
  url: string;
  apiKey: string;
  apiSecret: string;
  /** The name under which it stands in the Redis that it shares with other nodes; another one after each start. */
  nodeId(): string;
  /** SIGKILL: LiveKit loses every room and closes no connection. */
  kill(): Promise<void>;
  /** Starts it again on the same ports; rooms are not back. */
  start(): Promise<void>;
  /** Ends it for good and removes what it wrote. */
  close(): Promise<void>;
};

const readyWithinMs = 15_000;

/**
 * Runs a real LiveKit server for tests, configured as the embedded one is, on three ports that were
 * free a moment ago. Rejects with the server's last words when it does not come up.
 * @param webhookUrl where its webhooks go
 * @param port the first of the three ports, when the caller must know it before
 * @param rtc what is different in LiveKit's settings of that name
 * @param redisAddress what it shares with other nodes, which then have the same `keys`
 */
export async function startLiveKitProcess({
  webhookUrl,
  port,
  rtc = {},
  redisAddress,
  keys: { apiKey, apiSecret } = {
    apiKey: 'parley-tests',
    apiSecret: crypto.randomUUID() + crypto.randomUUID(),
  },
}: {
  webhookUrl: string;
  port?: number;
  rtc?: Record<string, unknown>;
  redisAddress?: string;
  keys?: { apiKey: string; apiSecret: string };
}): Promise<LiveKitProcess> {
  const binary = await findLivekitBinary({ cacheDir: join(root, '.cache', 'parley'), env: process.env });
  const firstPort = port ?? (await findThreePorts());
  const folder = mkdtempSync(join(tmpdir(), 'parley-livekit-'));
  const configFile = join(folder, 'livekit.yaml');
  const shared = redisAddress === undefined ? {} : { redisAddress };
  writeFileSync(
    configFile,
    await loopbackConfig({ port: firstPort, key: apiKey, webhookUrl, rtc, ...shared }),
  );

  let child: ChildProcess | null = null;
  let nodeId = '';
  // A test run that dies must not leave a server behind.
  const killWithUs = () => child?.kill('SIGKILL');
  process.on('exit', killWithUs);

  async function kill() {
    if (!child) return;
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
    child.kill('SIGKILL');
    await ended;
    child = null;
  }

  async function start() {
    let words = '';
    const starting = spawn(binary, ['--config', configFile], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        NODE_ENV: 'test',
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        LIVEKIT_KEYS: `${apiKey}: ${apiSecret}`,
      },
    });
    child = starting;
    for (const stream of [starting.stdout, starting.stderr])
      stream.on('data', (chunk: Buffer) => {
        words = (words + chunk).slice(-4000);
        nodeId = /"nodeID": "(ND_\w+)"/.exec(words)?.[1] ?? nodeId;
      });
    const deadline = Date.now() + readyWithinMs;
    while (!(await answers(`http://127.0.0.1:${firstPort}`))) {
      if (starting.exitCode !== null || Date.now() > deadline) {
        await kill();
        throw new Error(`LiveKit did not start:\n${words}\n${readFileSync(configFile, 'utf8')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  await start();
  return {
    url: `ws://127.0.0.1:${firstPort}`,
    apiKey,
    apiSecret,
    nodeId: () => nodeId,
    kill,
    start,
    async close() {
      await kill();
      process.off('exit', killWithUs);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Below the range from which the system hands out ports, so that no other process gets one by chance. */
async function findThreePorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const first = 20_000 + 3 * Math.floor(Math.random() * 3000);
    const free = await Promise.all([
      isPortFree(first, '127.0.0.1'),
      isPortFree(first + 1, '127.0.0.1'),
      isPortFree(first + 2, '127.0.0.1', 'udp'),
    ]);
    if (free.every(Boolean)) return first;
  }
  throw new Error('no three free ports in a row between 20000 and 29000');
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
}
