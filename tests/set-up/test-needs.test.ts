import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { pinnedNode, root } from '../../scripts/paths.mjs';

test.each([
  ['npm test', ['scripts/test.mjs']],
  ['npm run test:faults', ['scripts/test-faults.mjs']],
  ['npm run screenshots', ['scripts/screenshots.mjs', '/nowhere']],
])(
  '%s looks for everything that it needs before anything else',
  (_, args) => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-needs-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const livekit = join(folder, 'livekit-server');
    writeFileSync(livekit, '', { mode: 0o755 });
    const chromium = join(folder, 'chromium');
    writeFileSync(chromium, '#!/bin/sh\necho "libnss3.so: cannot open shared object file" >&2\nexit 127\n', {
      mode: 0o755,
    });
    const { status, stdout, stderr } = spawnSync(pinnedNode, args, {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'test', LIVEKIT_SERVER_BIN: livekit, CHROMIUM: chromium },
      encoding: 'utf8',
      timeout: 120_000,
    });
    expect(stderr).toMatch(/CHROMIUM is .*chromium, and that can't be run as Chromium: .*libnss3\.so/);
    expect(stdout).not.toMatch(/^──|Build/m);
    expect(status).toBe(1);
  },
  30_000,
);
