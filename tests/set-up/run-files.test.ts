import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { claimDataFolder, readRun } from '../../scripts/app-process.mjs';
import { freeLivekitPorts } from '../../scripts/free-ports.mjs';
import { writeJson } from '../../scripts/json-file.mjs';
import { leftoverLivekit, runLivekit } from '../../scripts/livekit-server.mjs';
import { writeRunFile } from '../../scripts/run-file.mjs';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-run-files-'));
  mkdirSync(join(dataDir, 'livekit'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
});

const here = { port: 3000, address: 'http://localhost:3000' };

/** What is where the file would be written aside is in its way, as a full disk is. */
const refuseToWrite = (file: string) => mkdirSync(`${file}.new`);

/** Processes that were started on this test's folder and live. */
const processesHere = (): number[] =>
  (process.platform === 'linux' ? commandsInProc() : commandsOfPs())
    .filter((line) => line.includes(dataDir))
    .map((line) => Number.parseInt(line, 10));

const commandsOfPs = () =>
  execFileSync('ps', ['-A', '-o', 'pid=,command='], { encoding: 'utf8' }).split('\n');

/** A minimal Linux has no `ps`. */
const commandsInProc = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`];
      } catch {
        return [];
      }
    });

describe('what a start left word of', () => {
  test.each([
    ['nothing, because the disk was full', ''],
    ['half of it', '{"jobPid": 12, "ap'],
    ['zeros, after a power cut', '\0\0\0\0'],
    ['something else', 'null'],
  ])('does not keep Parley down when the file holds %s', async (_, text) => {
    writeFileSync(join(dataDir, 'run.json'), text);
    writeFileSync(join(dataDir, 'livekit', 'run.json'), text);
    expect(readRun(dataDir)).toBeUndefined();
    expect(leftoverLivekit(dataDir)).toBeUndefined();
    expect((await claimDataFolder(dataDir, here)).isMine).toBe(true);
  });

  test('stays whole when a new word can’t be written, and no half file is left', () => {
    const file = join(dataDir, 'run.json');
    writeJson(file, { appPid: 1 });
    refuseToWrite(file);
    expect(() => writeJson(file, { appPid: 2 })).toThrow('EISDIR');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ appPid: 1 });
    rmSync(`${file}.new`, { recursive: true });
    writeJson(file, { appPid: 3 });
    expect(readdirSync(dataDir).sort()).toEqual(['livekit', 'run.json']);
  });
});

describe('a process that no word can be left of', () => {
  test('is ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    onTestFinished(() => void child.kill('SIGKILL'));
    const file = join(dataDir, 'run.json');
    refuseToWrite(file);
    const ended = once(child, 'exit');
    expect(() => writeRunFile(file, { appPid: child.pid }, child.pid)).toThrow('EISDIR');
    await ended;
  });

  test('is ended also when it is LiveKit, with every try', async () => {
    const program = join(dataDir, 'livekit-server');
    writeFileSync(program, '#!/bin/sh\nwhile :; do sleep 1; done\n', { mode: 0o755 });
    onTestFinished(() => {
      for (const pid of processesHere()) process.kill(pid, 'SIGKILL');
    });
    refuseToWrite(join(dataDir, 'livekit', 'run.json'));
    const options = { binary: program, dataDir, port: await freeLivekitPorts(8800), key: 'ours' };
    for (let tries = 0; tries < 2; tries += 1) {
      const start = runLivekit({ ...options, secret: 'of no account', webhookUrl: 'http://127.0.0.1:9/' });
      await expect(start).rejects.toThrow('EISDIR');
    }
    await vi.waitFor(() => expect(processesHere()).toEqual([]), { timeout: 60_000, interval: 50 });
  });
});
