import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { freeLivekitPorts } from '../../scripts/free-ports.mjs';
import { runLivekit } from '../../scripts/livekit-server.mjs';
import { trimLog } from '../../scripts/log-file.mjs';

const maxLogSize = 20_000;

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'parley-log-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test('a log that a process appends to is emptied when it is full, and goes on from its beginning', async () => {
  const file = join(folder(), 'a.log');
  writeFileSync(file, 'old\n', { mode: 0o600 });
  trimLog(file, 5);
  expect(readFileSync(file, 'utf8')).toBe('old\n');

  const log = openSync(file, 'a');
  const writer = spawn('sh', ['-c', 'read _; echo new; read _'], { stdio: ['pipe', log, 'inherit'] });
  closeSync(log);
  onTestFinished(() => void writer.kill('SIGKILL'));
  trimLog(file, 4);
  writer.stdin?.write('\n');
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toBe('new\n'));
  expect(readFileSync(`${file}.1`, 'utf8')).toBe('old\n');
  expect(statSync(`${file}.1`).mode & 0o777).toBe(0o600);

  trimLog(file, 4);
  expect([readFileSync(file, 'utf8'), readFileSync(`${file}.1`, 'utf8')]).toEqual(['', 'new\n']);
});

/** Answers as LiveKit does and writes a line at every request. */
const talkative = `#!${process.execPath}
const { createServer } = require('node:http');
const port = /port: (\\d+)/.exec(require('node:fs').readFileSync(process.argv[3], 'utf8'))[1];
createServer((_, answer) => { console.log('x'.repeat(1000)); answer.end('OK'); }).listen(port, '127.0.0.1');
`;

test('the log of the embedded LiveKit is emptied while it runs', async () => {
  const dataDir = folder();
  const binary = join(dataDir, 'livekit-server.cjs');
  writeFileSync(binary, talkative, { mode: 0o755 });
  const port = await freeLivekitPorts(7300);
  const log = join(dataDir, 'livekit', 'livekit.log');
  const livekit = await runLivekit({
    ...{ binary, dataDir, port, key: 'ours', secret: 'of no account', webhookUrl: 'http://127.0.0.1:9/' },
    maxLogSize,
  });
  onTestFinished(() => livekit.stop());
  const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  for (let asked = 0; asked < 50; asked += 1) await fetch(`http://127.0.0.1:${port}`);
  await vi.waitFor(() => {
    expect(sizeOf(`${log}.1`)).toBeGreaterThan(0);
    expect(sizeOf(log)).toBeLessThan(maxLogSize);
  }, 5000);
  await fetch(`http://127.0.0.1:${port}`);
  await vi.waitFor(() => expect(sizeOf(log)).toBeGreaterThan(1000));
});
