import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeLivekitPorts, freePort } from '../../scripts/free-ports.mjs';
import { root } from '../../scripts/paths.mjs';
import { endProcess } from '../../scripts/processes.mjs';

/** A Parley of its own: started as people start it, with a data folder and ports of its own. */
export type RunningApp = {
  /** The two origins of the demo; cookies are separate, so both fit one browser. */
  url: string;
  otherUrl: string;
  port: number;
  livekitPort: number;
  dataDir: string;
  /** What the job has printed so far. */
  output: () => string;
  /** Process ids, for tests that kill. */
  pids: () => { job: number; app: number; livekit: number };
  /** Ends the job as Ctrl-C does; the data stays. */
  stopJob: () => Promise<void>;
  /**
   * Starts the job again after it was killed or stopped, on the same data and ports.
   * @param onWords gets what it prints while it starts
   */
  startAgain: (onWords?: (said: string) => void) => Promise<void>;
  /** Ends the job as Ctrl-C does, and what is left of it, and removes the data. */
  stop: () => Promise<void>;
};

export type AppSettings = Record<string, string>;

/** A LiveKit whose webhooks go to a closed port (journeys that must pass without any). */
export const withoutWebhooks: AppSettings = { LIVEKIT_WEBHOOK_URL: 'http://127.0.0.1:9/closed' };

/** What is started, how it says that it serves, and where. */
type Start = { script: string; ready: string; withinMs: number; host?: string; port?: number };
const parley: Start = { script: 'scripts/start.mjs', ready: 'Ctrl-C stops it', withinMs: 60_000 };

/**
 * Runs `scripts/start.mjs`, or another script that starts it, with `settings` as environment. The production build must be there
 * (scripts/test.mjs makes it); if it is not, this makes it and takes as long.
 * @param slot keeps parallel workers' ports apart
 * @throws with everything the job printed, when it ends or does not serve in time
 */
export async function startApp(
  settings: AppSettings,
  slot = 0,
  how: Partial<Start> = {},
): Promise<RunningApp> {
  const { script, ready, withinMs, host, port = await freePort(4100 + slot * 100) } = { ...parley, ...how };
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-journey-'));
  const livekitPort = await freeLivekitPorts(8100 + slot * 100);
  let output = '';
  let job: ChildProcess | undefined;

  const start = async (onWords: (said: string) => void = () => {}) => {
    const said = output.length;
    const started = spawn(process.execPath, [script], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        NODE_ENV: 'production',
        ...cleanEnvironment(),
        ...settings,
        ...(host !== undefined && { HOSTNAME: host }),
        PORT: String(port),
        LIVEKIT_PORT: String(livekitPort),
        PARLEY_DATA_DIR: dataDir,
      },
    });
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`Parley ${why}:\n${output}`));
      const timer = setTimeout(() => {
        started.kill();
        fail('did not serve in time');
      }, withinMs);
      const listen = (chunk: Buffer) => {
        output += chunk.toString();
        onWords(chunk.toString());
        if (!output.slice(said).includes(ready)) return;
        clearTimeout(timer);
        resolve();
      };
      started.stdout.on('data', listen);
      started.stderr.on('data', listen);
      started.once('exit', (code) => {
        clearTimeout(timer);
        fail(`ended with code ${code}`);
      });
    });
    job = started;
  };
  const readRun = (name: string) => JSON.parse(readFileSync(join(dataDir, name), 'utf8'));
  const pids = () => ({
    job: readRun('run.json').job.pid,
    app: readRun('run.json').app.pid,
    // Beside a LiveKit server that is given, `npm start` runs none.
    livekit: settings.LIVEKIT_URL ? 0 : readRun('livekit/run.json').pid,
  });
  const stopJob = async () => {
    const isOver = job === undefined || job.exitCode !== null || job.signalCode !== null;
    if (!isOver && job?.pid !== undefined) await endProcess(job.pid, 15_000);
  };
  const stop = async () => {
    await stopJob();
    await endLeftover(() => pids().app);
    await endLeftover(() => pids().livekit);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `http://${host ?? 'localhost'}:${port}`,
    otherUrl: `http://${host ?? '127.0.0.1'}:${port}`,
    port,
    livekitPort,
    dataDir,
    output: () => output,
    pids,
    stopJob,
    startAgain: start,
    stop,
  };
}

/** After a clean stop the run files are deleted; after a kill they name who is left. */
async function endLeftover(pidOf: () => number): Promise<void> {
  let pid: number;
  try {
    pid = pidOf();
  } catch {
    return;
  }
  if (pid > 0) await endProcess(pid, 1000);
}

/** The caller's own settings must not leak into the app under test; its ways to find things may. */
function cleanEnvironment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(PARLEY_|LIVEKIT_|CALL_|HOSTNAME$|PORT$|NODE_ENV$)/.test(name),
  );
  const { PARLEY_DIST_DIR, LIVEKIT_SERVER_BIN } = process.env;
  return {
    ...Object.fromEntries(kept),
    ...(PARLEY_DIST_DIR && { PARLEY_DIST_DIR }),
    ...(LIVEKIT_SERVER_BIN && { LIVEKIT_SERVER_BIN }),
  };
}
