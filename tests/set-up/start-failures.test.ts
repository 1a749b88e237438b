import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { claimDataFolder } from '../../scripts/app-process.mjs';
import { pinnedNode, root } from '../../scripts/paths.mjs';
import { readSettings } from '../../scripts/settings.mjs';

/** What every script's command begins with. */
const guard = ['-r', './scripts/require-node.cjs'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-failing-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

/** What the person at the terminal reads, and the exit code. */
function run(args: string[], settings: Record<string, string> = {}) {
  const { PATH } = process.env;
  const { status, stdout, stderr } = spawnSync(pinnedNode, args, {
    cwd: root,
    env: { NODE_ENV: 'test', ...(PATH && { PATH }), ...settings },
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { status, words: stdout + stderr };
}

const start = (settings: Record<string, string>) => run(['scripts/start.mjs'], settings);
/** A start on which the system plays this trick. */
const startRefused = (code: string, path?: string) => {
  const about = { code, syscall: path ? 'mkdir' : 'write', ...(path && { path }) };
  const error = `Object.assign(new Error('${code}: ${about.syscall} ${path ?? ''}'), ${JSON.stringify(about)})`;
  const script = `import { runScript } from './scripts/progress.mjs'; await runScript(() => { throw ${error}; });`;
  return run(['--input-type=module', '--eval', script]);
};

describe('a start that can’t be', () => {
  test('because the data folder is in the way of a file says which, without a stack', () => {
    writeFileSync(join(folder, 'file'), '');
    const { status, words } = start({ PARLEY_DATA_DIR: join(folder, 'file', 'data') });
    expect(status).toBe(1);
    expect(words).toContain(join(folder, 'file'));
    expect(words).not.toMatch(/^\s+at /m);
  });

  test.each(['EACCES', 'EROFS'])('because the folder can’t be written (%s) says what to do', (code) => {
    const { status, words } = startRefused(code, '/srv/parley');
    expect(status).toBe(1);
    expect(words).toMatch(/may not write \/srv\/parley[\s\S]*PARLEY_DATA_DIR/);
    expect(words).not.toMatch(/^\s+at /m);
  });

  test('because the disk is full says so', () => {
    for (const path of ['/srv/parley', undefined]) {
      const { status, words } = startRefused('ENOSPC', path);
      expect(status).toBe(1);
      expect(words).toContain('The disk is full');
      expect(words).not.toMatch(/^\s+at /m);
    }
  });

  test('because its secrets are damaged names the file', () => {
    writeFileSync(join(folder, 'secrets.json'), '{"parleySecret": "4f0');
    const { status, words } = start({ PARLEY_DATA_DIR: folder });
    expect(status).toBe(1);
    expect(words).toContain(join(folder, 'secrets.json'));
    expect(words).not.toMatch(/^\s+at /m);
  });

  test('because Node is too old says which is needed, whatever was asked for', () => {
    const old = join(folder, 'old.cjs');
    writeFileSync(old, `Object.defineProperty(process, 'version', { value: 'v12.22.12' });`);
    const { status, words } = run(['-r', old, ...guard, 'scripts/start.mjs']);
    expect(words.trim()).toMatch(
      /^Parley needs Node 18 or later to start, and this is v12\.22\.12 \(.*\)\.$/,
    );
    expect(status).toBe(1);
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    );
    for (const command of Object.values(scripts))
      expect(command).toMatch(new RegExp(`^exec node ${guard.join(' ')} scripts/`));
  });

  test('by an old Node fails with words, in syntax that it can parse', () => {
    const text = readFileSync(join(root, 'scripts/require-node.cjs'), 'utf8');
    expect(text.replace(/^\/\/.*$/gm, '')).not.toMatch(
      /\b(const|let|import|class|async)\b|=>|\?\.|\?\?|`|\.\.\./,
    );
  });
});

describe('a second start in the same folder', () => {
  const address = 'https://parley.example.org';

  test('ends well and says where the first one is, whatever port it was to have', async () => {
    const claim = await claimDataFolder(folder, { port: 3000, address });
    if (!claim.isMine) throw new Error('the folder is new');
    const being = start({ PARLEY_DATA_DIR: folder, PORT: '3300' });
    expect(being.words).toContain(`being started here; it will be at ${address}`);

    claim.write({ port: 3000, address, app: { pid: 1, startedAt: '' } });
    const { status, words } = start({ PARLEY_DATA_DIR: folder, PORT: '3300' });
    expect(words).toContain(`already runs here: ${address}`);
    expect(words).toContain(`Ctrl-C in its terminal stops it (or: kill ${process.pid})`);
    expect([being.status, status]).toEqual([0, 0]);
  });
});

/** A shell command or an EnvironmentFile as a reader would use it, with real secrets. */
function settingsIn(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/^\s*([A-Z_]+)=(\S*)/gm)].map(([, name = '', value = '']) => {
    const isSecret = value === '' || value.startsWith('$(');
    return [name, isSecret ? '9d01e6c24ab7583fe6f02b7719ac4d35' : value];
  });
  return Object.fromEntries(pairs);
}

describe('the settings in the documents', () => {
  const readme = /```sh\n(\s+PARLEY_URL=[\s\S]*?)```/.exec(
    readFileSync(join(root, 'README.md'), 'utf8'),
  )?.[1];
  test.each([
    ['the README’s command', readme ?? ''],
    ['docs/example/parley.env', readFileSync(join(root, 'docs/example/parley.env'), 'utf8')],
  ])('in %s lets Parley start, and distinguishes clients behind the web server', (_, text) => {
    const env = settingsIn(text);
    const settings = readSettings({ NODE_ENV: 'production', ...env });
    expect(settings.publicUrl).toBe('https://parley.example.org');
    expect(settings.ownLivekit?.publicUrl).toBe('wss://media.example.org');
    expect(env.PARLEY_TRUSTED_PROXIES).toBe('127.0.0.1');
  });
});
