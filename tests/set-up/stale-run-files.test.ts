import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { claimDataFolder, readRun } from '../../scripts/app-process.mjs';
import { leftoverLivekit } from '../../scripts/livekit-server.mjs';
import { endProcess, isAlive, isRunning, refOf } from '../../scripts/processes.mjs';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-stale-'));
  mkdirSync(join(dataDir, 'livekit'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
});

const here = { port: 3000, address: 'http://localhost:3000' };
const runFile = () => join(dataDir, 'run.json');

/** A process that runs this program, with these words in its command line, until the test has ended. */
async function start(program: string, ...words: string[]): Promise<ChildProcess & { pid: number }> {
  const args = ['--input-type=module', '-e', `${program}; console.log('up'); setInterval(() => {}, 1000)`];
  const child = spawn(process.execPath, [...args, ...words], { cwd: process.cwd() });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child as ChildProcess & { pid: number };
}

/** What a file from before a restart of the machine says about a process id that is in use again. */
const fromBefore = (pid: number) => ({ pid, startedAt: '00000000-0000-0000-0000-000000000000/4711' });

describe('a process id that belongs to another process since the machine restarted', () => {
  test.each([
    ['as an older version wrote it', (pid: number) => ({ jobPid: pid, appPid: pid, port: 3000 })],
    ['with when it started', (pid: number) => ({ job: fromBefore(pid), app: fromBefore(pid), ...here })],
  ])('refuses no start and is not ended, whatever it is called (%s)', async (_, run) => {
    const child = await start('', '/elsewhere/scripts/start.mjs', '/elsewhere/next/server');
    writeFileSync(runFile(), JSON.stringify(run(child.pid)));
    expect(readRun(dataDir)).toBeUndefined();
    expect((await claimDataFolder(dataDir, here)).isMine).toBe(true);
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  });

  test('is not taken for the LiveKit server of this folder', async () => {
    const { pid } = await start('', join(dataDir, 'livekit', 'livekit.yaml'));
    const file = join(dataDir, 'livekit', 'run.json');
    for (const ref of [{ pid }, fromBefore(pid)]) {
      writeFileSync(file, JSON.stringify({ ...ref, port: 7880, fingerprint: 'x' }));
      expect(leftoverLivekit(dataDir)).toBeUndefined();
    }
  });
});

describe('a process that is known by its start', () => {
  test('runs until it ends', async () => {
    const child = await start('');
    const ref = refOf(child.pid);
    expect(isRunning(ref)).toBe(true);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    expect([isRunning(ref), refOf(child.pid)]).toEqual([false, undefined]);
    expect([refOf(0), refOf(-1), refOf(undefined)]).toEqual([undefined, undefined, undefined]);
  });
});

test('a process that has ended counts as ended although its parent has not collected its exit code', async () => {
  const parent = spawn('sh', ['-c', 'sh -c "exit 0" & echo $!; exec sleep 100']);
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [words] = await once(parent.stdout, 'data');
  const pid = Number(words);
  await vi.waitFor(() => expect(refOf(pid)).toBeUndefined());
  await endProcess(pid, 1000);
  expect(isAlive(pid)).toBe(false);
});

describe('a data folder', () => {
  const claimIn = (folder: string) =>
    `const { claimDataFolder } = await import('./scripts/app-process.mjs');
     const { isMine } = await claimDataFolder(${JSON.stringify(folder)}, ${JSON.stringify(here)});
     console.log(isMine)`;

  test('belongs to the start that claimed it, from before there is an app until that start has ended', async () => {
    const first = await start(claimIn(dataDir));
    expect(await claimDataFolder(dataDir, here)).toMatchObject({
      isMine: false,
      holder: { ...here, job: refOf(first.pid) },
    });
    const ended = once(first, 'exit');
    first.kill('SIGKILL');
    await ended;
    expect((await claimDataFolder(dataDir, here)).isMine).toBe(true);
    expect(JSON.parse(readFileSync(runFile(), 'utf8')).job).toEqual(refOf(process.pid));
  });

  test('belongs to one of six starts at the same moment, on what a killed one left', async () => {
    writeFileSync(runFile(), JSON.stringify({ job: fromBefore(1), ...here }));
    const starts = Array.from({ length: 6 }, () => {
      const child = spawn(process.execPath, [
        '--input-type=module',
        '-e',
        `${claimIn(dataDir)}; setInterval(() => {}, 1000)`,
      ]);
      onTestFinished(() => void child.kill('SIGKILL'));
      return once(child.stdout, 'data').then(([words]) => String(words).trim());
    });
    expect((await Promise.all(starts)).sort()).toEqual([...Array(5).fill('false'), 'true']);
    expect(readdirSync(dataDir).sort()).toEqual(['livekit', 'run.json']);
  });

  test('loses an app whose start was killed', async () => {
    const orphan = await start('');
    writeFileSync(runFile(), JSON.stringify({ job: fromBefore(1), app: refOf(orphan.pid), ...here }));
    const ended = once(orphan, 'exit');
    expect((await claimDataFolder(dataDir, here)).isMine).toBe(true);
    expect((await ended)[1]).toBe('SIGTERM');
    expect(JSON.parse(readFileSync(runFile(), 'utf8'))).toEqual({ job: refOf(process.pid), ...here });
  });
});
